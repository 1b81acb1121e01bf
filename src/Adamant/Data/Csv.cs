using System.Security.Cryptography;
using CsvHelper;

namespace Adamant.Data;

/// <summary>Reads tables of text with commas, semicolons or tabs (RFC 4180 quoting), plain or gzip, UTF-8.</summary>
/// <remarks>
/// A table fits into memory; numbers have a decimal point. Numeric columns become one feature each, categorical ones one feature for each value (see
/// <see cref="TableEncoding"/>). Ragged rows, cells that are no numbers, missing values and unknown categories are refused with row and column.
/// </remarks>
public static class Csv
{
    /// <summary>Reads a table and encodes it as features <c>[N, F]</c> and labels <c>[N]</c>.</summary>
    /// <exception cref="InvalidDataException">The table is damaged or does not fit the options: names file, row and column.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static TensorDataset Open(string path, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        var table = ReadTable(path, options);
        return (options.Encoding ?? TableEncoding.Fit(table, options)).Encode(table);
    }

    /// <summary>Reads the cells of a table.</summary>
    /// <exception cref="InvalidDataException">The table is damaged, empty or too large.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static Table ReadTable(string path, CsvOptions? options = null)
    {
        using var file = InputFile.Open(path);
        return ReadTable(path, file, options);
    }

    /// <summary>Reads the cells of a table from a stream that can seek.</summary>
    /// <param name="name">Stands for the file in messages.</param>
    /// <param name="stream">Plain or gzip; disposed afterwards.</param>
    /// <param name="options">Only the delimiter, the header and the rows to skip matter here.</param>
    public static Table ReadTable(string name, Stream stream, CsvOptions? options = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var table = InputFile.Read(name, stream, content => Parse(name, content, options ?? new CsvOptions()), hash);
        return table with { Sha256 = Convert.ToHexStringLower(hash.GetCurrentHash()) };
    }

    private static Table Parse(string name, BoundedStream stream, CsvOptions options)
    {
        using var reader = CsvReader.Create(stream, new CsvReaderOptions
        {
            Separator = options.Delimiter,
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            PoolStrings = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = DataLimits.RecordBytes,
        }, false);
        var (rows, lines, columns) = (new List<string[]>(), new List<int>(), (string[]?)null);
        try
        {
            for (var left = options.Skip; left > 0 && reader.Read();) left--;
            while (reader.Read())
            {
                var cells = reader.Current.ToArray();
                if (columns is null)
                {
                    var header = options.Header ?? !cells.Any(TableEncoding.IsNumber);
                    columns = Name(cells, header);
                    if (header) continue;
                }
                if (cells.Length != columns.Length) throw new InvalidDataException($"row {rows.Count} (line {reader.LineNumber}): expected {columns.Length} cells, got {cells.Length}");
                if (rows.Count == DataLimits.Rows) throw new InvalidDataException($"expected at most {DataLimits.Rows} rows, got more. Split the file");
                rows.Add(cells);
                lines.Add((int)reader.LineNumber);
            }
        }
        catch (CsvFormatException e)
        {
            throw new InvalidDataException($"row {rows.Count} (line {e.LineNumber}): the text is no table: {e.Message.TrimEnd('.')}. Is a quotation mark missing?", e);
        }
        return columns is not null && rows.Count > 0
            ? new Table(name, columns, rows, lines)
            : throw new InvalidDataException("expected at least one row, got none");
    }

    private static string[] Name(string[] cells, bool header)
    {
        if (cells.Length > DataLimits.Columns) throw new InvalidDataException($"expected at most {DataLimits.Columns} columns, got {cells.Length}");
        if (!header) return [.. Enumerable.Range(0, cells.Length).Select(i => i.ToString())];
        if (cells.FirstOrDefault(string.IsNullOrEmpty) is not null) throw new InvalidDataException($"line 1: column {Array.FindIndex(cells, string.IsNullOrEmpty)} has no name");
        var twice = cells.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null ? cells : throw new InvalidDataException($"line 1: expected different names of columns, got '{twice}' twice");
    }
}
