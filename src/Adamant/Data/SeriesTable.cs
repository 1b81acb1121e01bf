using System.Globalization;

namespace Adamant.Data;

/// <summary>Series of several channels, read from a table of text: white space or commas, semicolons, tabs between the cells; plain or gzip.</summary>
/// <param name="Name">The file, for messages.</param>
/// <param name="Channels">The names of the channels in order.</param>
/// <param name="Units">The series, in the order in which the file begins them.</param>
public sealed record SeriesTable(string Name, IReadOnlyList<string> Channels, IReadOnlyList<SeriesUnit> Units)
{
    /// <summary>SHA-256 of the unpacked file, in lower-case hexadecimal; empty for series that are generated.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>All rows of all units.</summary>
    public long Rows => Units.Sum(u => (long)u.Rows.Count);

    /// <summary>Reads a file; commas, semicolons or bars in its first line make it CSV, otherwise white space parts the cells.</summary>
    /// <exception cref="InvalidDataException">Ragged rows, missing values, gaps in time, cells that are no numbers: names file, row and column.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static SeriesTable Open(string path, SeriesOptions? options = null)
    {
        options ??= new SeriesOptions();
        var separated = InputFile.Read(path, FirstLine).AsSpan().ContainsAny(",;|");
        var table = separated ? Csv.ReadTable(path, new CsvOptions { Header = options.Columns is null ? null : false }) : WhiteSpaceTable.Read(path, options.Columns);
        if (separated && options.Columns is { } names)
        {
            if (names.Count != table.Columns.Count) throw new InvalidDataException($"{path}: expected {names.Count} columns, got {table.Columns.Count}.");
            table = table with { Columns = names };
        }
        return From(table, options);
    }

    /// <summary>Parts the rows of a table by unit.</summary>
    /// <exception cref="InvalidDataException">A column is missing, a cell is no finite number, or time does not go on in equal steps.</exception>
    public static SeriesTable From(Table table, SeriesOptions options)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        var unit = options.Unit is null ? -1 : table.IndexOf(options.Unit);
        var time = options.Time is null ? -1 : table.IndexOf(options.Time);
        string[] channels = [.. options.Channels ?? table.Columns.Where((name, i) => i != unit && i != time && !options.Ignore.Contains(name))];
        int[] places = [.. channels.Select(table.IndexOf)];
        if (places.Length == 0) throw new InvalidDataException($"{table.Name}: expected at least one channel besides unit and time, got none.");
        var units = new Dictionary<string, (List<float[]> Rows, double Last)>(StringComparer.Ordinal);
        var order = new List<string>();
        double? step = null;
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var name = unit < 0 ? "0" : table.Rows[row][unit];
            var now = time < 0 ? 0 : Time(table, row, time);
            if (!units.TryGetValue(name, out var known))
            {
                order.Add(name);
                known = ([], now);
            }
            else if (time >= 0)
            {
                step ??= now - known.Last;
                if (!(step > 0) || Math.Abs(now - known.Last - step.Value) > 1e-3 * step)
                    throw new InvalidDataException($"{table.Place(row, time)}: expected {known.Last + step} after {known.Last} in unit '{name}', got {now}. Fill the gap, or cut the unit there into two.");
            }
            known.Rows.Add([.. places.Select(column => Number(table, row, column))]);
            units[name] = (known.Rows, now);
        }
        return new SeriesTable(table.Name, channels, [.. order.Select(name => new SeriesUnit(name, units[name].Rows))]) { Sha256 = table.Sha256 };
    }

    /// <summary>In double precision: seconds since 1970 would lose their steps in <c>Float32</c>.</summary>
    private static double Time(Table table, int row, int column)
    {
        Number(table, row, column);                             // refuses what is no number
        return double.Parse(table.Rows[row][column], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>The number of a channel.</summary>
    /// <exception cref="InvalidDataException">There is no channel of that name.</exception>
    public int IndexOf(string channel)
    {
        for (var i = 0; i < Channels.Count; i++)
        {
            if (Channels[i] == channel) return i;
        }
        throw new InvalidDataException($"{Name}: expected a channel '{channel}', got {string.Join(", ", Channels.Take(20))}{(Channels.Count > 20 ? ", …" : "")}.");
    }

    private static float Number(Table table, int row, int column)
    {
        var cell = table.Rows[row][column];
        if (TableEncoding.IsNumber(cell)) return TableEncoding.Number(cell);
        throw new InvalidDataException(TableEncoding.IsMissing(cell)
            ? $"{table.Place(row, column)}: the value is missing. Fill it, or cut the series there into two."
            : $"{table.Place(row, column)}: expected a finite number, got '{(cell.Length > 40 ? cell[..40] + "…" : cell)}'.");
    }

    private static string FirstLine(Stream stream)
    {
        var start = new byte[4096];
        var text = System.Text.Encoding.Latin1.GetString(start, 0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        return text.TrimStart('\r', '\n').Split('\n')[0];
    }
}
