using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Adamant.Serialization;

/// <summary>The header of a safetensors file: JSON that says which tensor lies where. Checked before anything is allocated for a tensor.</summary>
/// <param name="Entries">In the order of their bytes.</param>
/// <param name="Metadata">Free text by key.</param>
internal sealed record SafeTensorsHeader(IReadOnlyList<SafeTensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    private const string MetadataKey = "__metadata__";
    private const int MaxDepth = 4;                             // object, tensor, array

    /// <summary>Lays tensors out: wide types first, so that each tensor is aligned, then by name.</summary>
    /// <exception cref="ArgumentException">A name or a type that the format does not have.</exception>
    public static SafeTensorsHeader Of(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        if (tensors.ContainsKey(MetadataKey)) throw new ArgumentException($"Expected names of tensors, got {MetadataKey}, which the format reserves.", nameof(tensors));
        foreach (var (name, tensor) in tensors)
        {
            if (SafeTensorsEntry.NameOf(tensor.dtype) is null)
                throw new ArgumentException($"Expected types that safetensors knows, got {tensor.dtype} for '{name}'. Convert it with .to_type().", nameof(tensors));
        }
        var entries = new List<SafeTensorsEntry>(tensors.Count);
        var begin = 0L;
        foreach (var (name, tensor) in tensors.OrderByDescending(t => t.Value.ElementSize).ThenBy(t => t.Key, StringComparer.Ordinal))
        {
            var end = begin + SafeTensorsEntry.SizeOf(tensor.dtype, tensor.shape);
            entries.Add(new SafeTensorsEntry(name, tensor.dtype, tensor.shape, begin, end));
            begin = end;
        }
        return new SafeTensorsHeader(entries, metadata);
    }

    /// <summary>The JSON, padded with spaces to a multiple of 8 bytes; the same header gives the same bytes.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (Metadata.Count > 0)
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in Metadata.OrderBy(m => m.Key, StringComparer.Ordinal)) json.WriteString(key, value);
                json.WriteEndObject();
            }
            foreach (var entry in Entries)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", SafeTensorsEntry.NameOf(entry.Type));
                json.WriteStartArray("shape");
                foreach (var dimension in entry.Shape) json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(entry.Begin);
                json.WriteNumberValue(entry.End);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        var padding = -buffer.WrittenCount & 7;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads and checks a header.</summary>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataLength">The bytes of the file behind the header.</param>
    /// <exception cref="InvalidDataException">Anything is not as the format wants it.</exception>
    public static SafeTensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength)
    {
        var entries = new List<SafeTensorsEntry>();
        var metadata = new Dictionary<string, string>();
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Name != MetadataKey) entries.Add(ParseEntry(member));
                else foreach (var pair in member.Value.EnumerateObject()) metadata.Add(pair.Name, pair.Value.GetString() ?? throw new FormatException());
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidDataException("the header is not the JSON that the safetensors format describes; the file is damaged", e);
        }
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        CheckLayout(entries, dataLength);
        return new SafeTensorsHeader(entries, metadata);
    }

    private static SafeTensorsEntry ParseEntry(JsonProperty member)
    {
        try
        {
            var type = SafeTensorsEntry.TypeOf(member.Value.GetProperty("dtype").GetString() ?? throw new FormatException());
            long[] shape = [.. member.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())];
            long[] offsets = [.. member.Value.GetProperty("data_offsets").EnumerateArray().Select(o => o.GetInt64())];
            if (offsets is not [>= 0 and var begin, var end] || end < begin)
                throw new InvalidDataException($"expected offsets [begin, end], got [{string.Join(", ", offsets.Take(4))}]");
            var size = SafeTensorsEntry.SizeOf(type, shape);
            return end - begin == size
                ? new SafeTensorsEntry(member.Name, type, shape, begin, end)
                : throw new InvalidDataException($"expected {size} bytes for {type} [{string.Join(", ", shape)}], got {end - begin}");
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"tensor {Quote(member.Name)}: {e.Message}", e);
        }
    }

    private static void CheckLayout(List<SafeTensorsEntry> entries, long dataLength)
    {
        var position = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != position)
            {
                throw new InvalidDataException(
                    $"tensor {Quote(entry.Name)} begins at byte {entry.Begin} where {position} was expected: tensors {(entry.Begin < position ? "overlap" : "leave a hole")}");
            }
            position = entry.End;
        }
        if (position > dataLength) throw new InvalidDataException($"expected {position} bytes of data, got {dataLength}: the file is truncated. Copy or download it again");
        if (position < dataLength) throw new InvalidDataException($"expected {position} bytes of data, got {dataLength}: something follows the last tensor");
    }

    /// <summary>A name from a file in one short printable line.</summary>
    public static string Quote(string name) => $"'{Shorten(name, 60)}'";

    /// <summary>A text from a file in one printable line: control characters are escaped, and what is longer is cut between characters.</summary>
    public static string Shorten(string text, int length)
    {
        var whole = string.Concat(text.EnumerateRunes());       // half a surrogate pair becomes U+FFFD
        if (whole.Length > length) whole = $"{whole[..(char.IsLowSurrogate(whole[length]) ? length - 1 : length)]}…";
        return JsonEncodedText.Encode(whole, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
    }
}
