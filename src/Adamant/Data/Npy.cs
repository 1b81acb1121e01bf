using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Adamant.Serialization;

namespace Adamant.Data;

/// <summary>
/// Reads and writes one array in NumPy's format, versions 1.0 to 3.0.
/// <code>93 "NUMPY" major minor · header length, little-endian · {'descr': '&lt;f4', 'fortran_order': False, 'shape': (2, 3), } · values</code>
/// </summary>
/// <remarks>
/// The header is matched against the one form that NumPy writes and never evaluated; types <c>&lt;f4 &lt;f8 |u1 &lt;i4 &lt;i8 |b1</c>. Pickled objects (<c>|O</c>) are
/// refused: they can run code.
/// Source: numpy.lib.format, "NPY format".
/// </remarks>
public static partial class Npy
{
    private const int MaxHeader = 65_536;

    private static readonly (string Name, ScalarType Type, int Size)[] Types =
    [
        ("<f4", ScalarType.Float32, 4), ("<f8", ScalarType.Float64, 8), ("|u1", ScalarType.Byte, 1),
        ("<i4", ScalarType.Int32, 4), ("<i8", ScalarType.Int64, 8), ("|b1", ScalarType.Bool, 1),
    ];

    /// <summary>Reads an array.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, cut off or of another type.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static Tensor ReadTensor(string path) => ReadTensor(path, null);

    /// <summary>Reads inputs and labels from two files.</summary>
    /// <param name="inputs">Bytes are pixels, <c>[N, H, W]</c>, <c>[N, H, W, 1 or 3]</c> or <c>[N, 1 or 3, H, W]</c>; other numbers keep their shape.</param>
    /// <param name="labels"><c>[N]</c> or <c>[N, 1]</c>: whole numbers are classes, real numbers targets.</param>
    /// <param name="classNames">The classes in the order of their numbers; null for "0", "1", ….</param>
    /// <exception cref="InvalidDataException">A file is damaged, or they do not fit together.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static TensorDataset Open(string inputs, string labels, IReadOnlyList<string>? classNames = null)
    {
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        return RawSamples.ToDataset(new RawSamples(inputs, ReadTensor(inputs, hash), ReadTensor(labels, hash))
        {
            LabelName = labels,
            ClassNames = classNames,
            Sha256 = Convert.ToHexStringLower(hash.GetCurrentHash()),
        });
    }

    /// <summary>Writes an array in format 1.0.</summary>
    /// <exception cref="ArgumentException">A type that is not in the list.</exception>
    public static void Write(Stream stream, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensor);
        using var scope = NewDisposeScope();
        var type = Array.Find(Types, t => t.Type == tensor.dtype).Name ?? throw new ArgumentException($"Expected one of {string.Join(" ", Types.Select(t => t.Type))}, got {tensor.dtype}.", nameof(tensor));
        var shape = string.Join(", ", tensor.shape) + (tensor.dim() == 1 ? "," : "");
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}";
        header = header.PadRight(((10 + header.Length + 1 + 63) / 64 * 64) - 11) + "\n";
        stream.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header));
        stream.Write(tensor.detach().cpu().contiguous().bytes);
    }

    /// <summary>Reads an array from a stream.</summary>
    /// <param name="stream">From the first byte of the magic.</param>
    /// <param name="available">How many bytes can come at most: an array that claims more is refused before it is allocated.</param>
    internal static Tensor Parse(Stream stream, long available)
    {
        var match = Header().Match(ReadHeader(stream));
        if (!match.Success) throw new InvalidDataException("the header is not the one that NumPy writes for an array of numbers");
        var descr = match.Groups["descr"].Value;
        var (name, type, size) = Array.Find(Types, t => t.Name == descr || (t.Size == 1 && t.Name[1..] == descr));
        if (name is null) throw new InvalidDataException($"expected one of the types {string.Join(" ", Types.Select(t => t.Name))}, got {SafeTensorsHeader.Quote(descr)}. Convert it with .astype()");
        var shape = Shape(match.Groups["shape"].Value, Math.Min(available, DataLimits.Bytes) / size);
        var fortran = match.Groups["order"].Value == "True";

        using var scope = NewDisposeScope();
        var tensor = empty(fortran ? [.. shape.Reverse()] : shape, dtype: type);
        var bytes = tensor.bytes;
        var got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (got < bytes.Length)
        {
            var row = Math.Max(1, bytes.Length / Math.Max(1, shape.FirstOrDefault(1)));
            throw new InvalidDataException($"expected {bytes.Length} bytes of values, got {got}: rows {got / row} to {shape.FirstOrDefault(1) - 1} are missing. Copy or download the file again");
        }
        if (stream.ReadByte() >= 0) throw new InvalidDataException($"expected {bytes.Length} bytes of values, got more");
        if (type == ScalarType.Bool && bytes.IndexOfAnyExcept((byte)0, (byte)1) >= 0) throw new InvalidDataException("expected the bytes 0 and 1 for |b1, got others");
        if (!fortran) return tensor.MoveToOuterDisposeScope();
        return tensor.permute([.. Enumerable.Range(0, shape.Length).Reverse().Select(d => (long)d)]).contiguous().MoveToOuterDisposeScope();
    }

    private static Tensor ReadTensor(string path, IncrementalHash? hash) => InputFile.Read(path, stream => Parse(stream, stream.Remaining), hash);

    private static string ReadHeader(Stream stream)
    {
        Span<byte> start = stackalloc byte[12];
        if (stream.ReadAtLeast(start[..8], 8, throwOnEndOfStream: false) < 8 || start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8))
            throw new InvalidDataException($"expected a NumPy array, which begins with 93 'NUMPY', got {Convert.ToHexString(start[..6])}");
        if (start[6] is < 1 or > 3) throw new InvalidDataException($"expected version 1 to 3 of the format, got {start[6]}.{start[7]}");
        var length = start.Slice(8, start[6] == 1 ? 2 : 4);
        var truncated = stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length;
        var count = length.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (count > MaxHeader) throw new InvalidDataException($"expected a header of at most {MaxHeader} bytes, got {count}");
        var header = new byte[count];
        truncated |= stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length;
        return truncated ? throw new InvalidDataException("the file ends within its header") : Encoding.Latin1.GetString(header);
    }

    private static long[] Shape(string text, long most)
    {
        var parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length > DataLimits.Rank) throw new InvalidDataException($"expected at most {DataLimits.Rank} dimensions, got {parts.Length}");
        var (shape, elements) = (new long[parts.Length], 1L);
        for (var i = 0; i < shape.Length; i++)
        {
            var valid = long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]) && shape[i] <= most;
            if (!valid || (shape[i] > 0 && elements > most / shape[i])) throw new InvalidDataException($"the shape ({text}) is larger than the data that follow. Copy or download the file again");
            elements *= Math.Max(1, shape[i]);
        }
        return shape;
    }

    [GeneratedRegex(@"^\{'descr': '(?<descr>[^']{1,16})', 'fortran_order': (?<order>True|False), 'shape': \((?<shape>[0-9, ]*)\),? ?\}\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Header();
}
