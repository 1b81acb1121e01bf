using System.Text.Json;

namespace Adamant.Data;

/// <summary>Reads one JSON object a line: <c>{"text": "…", "label": "…"}</c>.</summary>
internal static class JsonLines
{
    /// <summary>Reads two fields of each line; other fields are passed over.</summary>
    public static Table Parse(string name, Stream stream, string text, string label)
    {
        var rows = new List<(string, string, int)>();
        foreach (var (index, line) in Utf8Lines.Read(stream).Index())
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            using var document = Parse(line, index + 1);
            rows.Add((Field(document, text, index + 1), Field(document, label, index + 1), index + 1));
        }
        return rows.Count > 0 ? TextFile.ToTable(name, rows) : throw new InvalidDataException("expected at least one row, got none");
    }

    private static JsonDocument Parse(string line, int number)
    {
        try
        {
            return JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 16 });
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"line {number}: expected one JSON object, got something else", e);
        }
    }

    private static string Text(JsonElement value, string field, int number)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"line {number}, field '{field}': expected text, got half of a character (a lone surrogate)", e);
        }
    }

    private static string Field(JsonDocument document, string field, int number)
    {
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(field, out var value))
            throw new InvalidDataException($"line {number}: expected an object with the field '{field}', got none. Name the fields (--text-column, --label)");
        return value.ValueKind switch
        {
            JsonValueKind.String => Text(value, field, number),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => throw new InvalidDataException($"line {number}, field '{field}': expected a text or a number, got {value.ValueKind}"),
        };
    }
}
