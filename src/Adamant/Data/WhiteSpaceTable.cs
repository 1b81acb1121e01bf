using System.Security.Cryptography;
using System.Text;

namespace Adamant.Data;

/// <summary>Reads tables whose cells stand apart by spaces or tabs, any number of them; plain or gzip, UTF-8.</summary>
/// <remarks>No quoting: a cell holds no space. Empty lines are passed over. The first line is a header when none of its cells is a number.</remarks>
public static class WhiteSpaceTable
{
    /// <summary>Reads the cells of a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The names of the columns of a file without a header; null for the file's own, or "0", "1", ….</param>
    /// <exception cref="InvalidDataException">A row of another length, or no rows: names file, row and line.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static Table Read(string path, IReadOnlyList<string>? columns = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var table = InputFile.Read(path, stream => Parse(path, stream, columns), hash);
        return table with { Sha256 = Convert.ToHexStringLower(hash.GetCurrentHash()) };
    }

    private static Table Parse(string name, Stream stream, IReadOnlyList<string>? columns)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var (rows, lines, buffer, number) = (new List<string[]>(), new List<int>(), new StringBuilder(), 0);
        try
        {
            while (Line(reader, buffer) is { } line)
            {
                number++;
                var cells = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                if (cells.Length == 0) continue;
                if (columns is null)
                {
                    if (cells.Length > DataLimits.Columns) throw new InvalidDataException($"expected at most {DataLimits.Columns} columns, got {cells.Length}");
                    var header = !cells.Any(TableEncoding.IsNumber);
                    columns = header ? cells : [.. Enumerable.Range(0, cells.Length).Select(i => i.ToString())];
                    if (header) continue;
                }
                if (cells.Length != columns.Count) throw new InvalidDataException($"row {rows.Count} (line {number}): expected {columns.Count} cells, got {cells.Length}");
                if (rows.Count == DataLimits.Rows) throw new InvalidDataException($"expected at most {DataLimits.Rows} rows, got more. Split the file");
                rows.Add(cells);
                lines.Add(number);
            }
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"row {rows.Count} (line {number + 1}): expected text in UTF-8, got other bytes", e);
        }
        return rows.Count > 0 ? new Table(name, columns!, rows, lines) : throw new InvalidDataException("expected at least one row, got none");
    }

    /// <summary>The next line, of bounded length; null at the end.</summary>
    private static string? Line(StreamReader reader, StringBuilder buffer)
    {
        buffer.Clear();
        for (var next = reader.Read(); next != '\n'; next = reader.Read())
        {
            if (next < 0) return buffer.Length > 0 ? buffer.ToString() : null;
            if (buffer.Length == DataLimits.RecordBytes) throw new InvalidDataException($"expected lines of at most {DataLimits.RecordBytes} characters, got a longer one");
            buffer.Append((char)next);
        }
        return buffer.ToString();
    }
}
