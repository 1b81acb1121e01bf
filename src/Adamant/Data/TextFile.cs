using System.Security.Cryptography;
using Adamant.Texts;

namespace Adamant.Data;

/// <summary>Reads labeled texts: CSV, tab-separated lines, JSON lines, a folder for each class, or two files of lines; plain or gzip, UTF-8.</summary>
/// <remarks>
/// Tab-separated files have no quoting: a tab ends a cell, and a line ends a row. A first row is a header when it holds the name of the texts' or the labels' column. Text that is no
/// UTF-8, empty texts, missing labels and unknown classes are refused with row and line.
/// </remarks>
public static class TextFile
{
    private const string TextName = "text", LabelName = "label";

    /// <summary>Reads texts and labels, and encodes them.</summary>
    /// <param name="path">
    /// A file <c>.csv</c>, <c>.tsv</c>, <c>.txt</c> or <c>.jsonl</c>; a file <c>.pos</c> or <c>.neg</c> with its other half beside it; or a folder with one sub-folder of <c>.txt</c> files for each class.
    /// </param>
    /// <param name="options">Columns, classes and encoding; the defaults when null.</param>
    /// <exception cref="InvalidDataException">The file is damaged or does not fit the options: names file, row and column.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static TextDataset Open(string path, TextOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new TextOptions();
        return Encode(ReadTable(path, options), options);
    }

    /// <summary>Reads texts without labels, one on each line.</summary>
    /// <exception cref="InvalidDataException">A line is empty or no UTF-8: names file and line.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static IReadOnlyList<string> ReadLines(string path)
    {
        var lines = InputFile.Read(path, Utf8Lines.Read);
        if (lines.Count == 0) throw new InvalidDataException($"{path}: expected texts, got an empty file.");
        return lines.FindIndex(string.IsNullOrWhiteSpace) is >= 0 and var empty
            ? throw new InvalidDataException($"{path}, line {empty + 1}: expected a text with at least one word, got an empty one. Remove the line.")
            : lines;
    }

    /// <summary>Reads the texts and labels of a file or folder as a table of two columns, <c>text</c> and <c>label</c>.</summary>
    public static Table ReadTable(string path, TextOptions? options = null)
    {
        if (Directory.Exists(path)) return TextFolder.Read(path);
        if (TextPair.IsHalf(path)) return TextPair.Read(path);
        using var file = InputFile.Open(path);
        return ReadTable(path, file, options);
    }

    /// <summary>Reads the texts and labels of a stream that can seek.</summary>
    /// <param name="name">Stands for the file in messages; its ending says the format.</param>
    /// <param name="stream">Plain or gzip; disposed afterwards.</param>
    /// <param name="options">Only the columns matter here.</param>
    public static Table ReadTable(string name, Stream stream, TextOptions? options = null)
    {
        options ??= new TextOptions();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var ending = Path.GetExtension(name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name).ToLowerInvariant();
        var table = ending switch
        {
            ".jsonl" => InputFile.Read(name, stream, content => JsonLines.Parse(name, content, options.Column ?? TextName, options.Label ?? LabelName), hash),
            ".csv" => Choose(ReadCells(name, stream, hash), options),
            _ => Choose(InputFile.Read(name, stream, content => SplitAtTabs(name, content), hash), options),
        };
        return table with { Sha256 = Convert.ToHexStringLower(hash.GetCurrentHash()) };
    }

    /// <summary>Encodes a table of the columns <c>text</c> and <c>label</c>.</summary>
    /// <exception cref="InvalidDataException">A text is empty, or a label is missing or unknown: names file, row and column.</exception>
    public static TextDataset Encode(Table table, TextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new TextOptions();
        var (text, label) = (table.IndexOf(TextName), table.IndexOf(LabelName));
        string[] texts = [.. table.Rows.Select(r => r[text])];
        if (Array.FindIndex(texts, string.IsNullOrWhiteSpace) is >= 0 and var empty)
            throw new InvalidDataException($"{table.Place(empty, text)}: expected a text with at least one word, got an empty one. Remove the row.");
        var names = options.ClassNames ?? Classes(table, label);
        var order = new ClassOrder(names);
        long[] numbers = [.. table.Rows.Select((r, row) => (long)order.Of(r[label], table.Place(row, label)))];
        var encoding = options.Encoding ?? TextEncoding.Fit(texts, options.Fit);
        var card = new DatasetCard
        {
            Name = InputFile.NameOf(table.Name),
            Input = encoding.Input,
            Rows = table.Rows.Count,
            ClassNames = [.. names],
            Encoding = encoding,
            Source = table.Name,
            Sha256 = table.Sha256,
        };
        using var scope = NewDisposeScope();
        return new TextDataset(card, texts, tensor(numbers));
    }

    /// <summary>A table of texts and labels from what a reader found.</summary>
    internal static Table ToTable(string name, IEnumerable<(string Text, string Label, int Line)> rows)
    {
        var all = rows.ToList();
        return new Table(name, [TextName, LabelName], [.. all.Select(r => new[] { r.Text, r.Label })], [.. all.Select(r => r.Line)]);
    }

    private static string[] Classes(Table table, int label)
    {
        if (table.Rows.ToList().FindIndex(r => r[label].Length == 0) is >= 0 and var row) throw new InvalidDataException($"{table.Place(row, label)}: the label is missing. Remove the row.");
        string[] classes = [.. table.Rows.Select(r => r[label]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return classes.Length is >= 2 and <= DataLimits.Classes
            ? classes
            : throw new InvalidDataException($"{table.Name}: expected 2 to {DataLimits.Classes} different labels, got {classes.Length}. Are texts and labels in the right columns (--text-column, --label)?");
    }

    private static Table ReadCells(string name, Stream stream, IncrementalHash hash)
    {
        var bytes = InputFile.Read(name, stream, Utf8Lines.ReadBytes, hash);
        return Csv.ReadTable(name, new MemoryStream(bytes), new CsvOptions { Header = false });
    }

    private static Table SplitAtTabs(string name, Stream stream)
    {
        var lines = Utf8Lines.Read(stream);
        string[][] cells = [.. lines.Select(line => line.Split('\t'))];
        int[] kept = [.. Enumerable.Range(0, cells.Length).Where(i => lines[i].Length > 0)];
        if (kept.Length == 0) throw new InvalidDataException("expected at least one row, got none");
        var width = cells[kept[0]].Length;
        if (Array.Find(kept, i => cells[i].Length != width) is > 0 and var bad)
            throw new InvalidDataException($"line {bad + 1}: expected {width} cells with tabs between, got {cells[bad].Length}");
        return new Table(name, [.. Enumerable.Range(0, width).Select(i => $"{i}")], [.. kept.Select(i => cells[i])], [.. kept.Select(i => i + 1)]);
    }

    /// <summary>The two columns that matter.</summary>
    private static Table Choose(Table table, TextOptions options)
    {
        var (first, wanted) = (table.Rows[0], options.Column ?? TextName);
        var header = first.Contains(wanted) || (options.Label is { } named && first.Contains(named));
        if (header) table = table with { Columns = [.. first], Rows = [.. table.Rows.Skip(1)], Lines = [.. table.Lines.Skip(1)] };
        if (table.Rows.Count == 0) throw new InvalidDataException($"{table.Name}: expected at least one row, got none.");
        if (!header && (options.Column ?? options.Label) is { } missing) (table with { Columns = [.. first] }).IndexOf(missing);        // refuses, and lists what there is
        var (text, label) = header ? Named(table, options) : Longer(table);
        return ToTable(table.Name, table.Rows.Select((row, i) => (row[text], row[label], table.Lines[i])));
    }

    private static (int Text, int Label) Named(Table table, TextOptions options)
    {
        var label = options.Label ?? (table.Columns.Contains(LabelName) || table.Columns.Count != 2 ? LabelName : table.Columns.First(c => c != (options.Column ?? TextName)));
        var text = options.Column ?? (table.Columns.Contains(TextName) || table.Columns.Count != 2 ? TextName : table.Columns.First(c => c != label));
        return (table.IndexOf(text), table.IndexOf(label));
    }

    /// <summary>Without names: the longer one of two columns holds the texts.</summary>
    private static (int Text, int Label) Longer(Table table)
    {
        if (table.Columns.Count != 2) throw new InvalidDataException($"{table.Name}: expected a column '{TextName}' and one '{LabelName}' or two columns without names, got {table.Columns.Count}. Name the column of the texts (--text-column).");
        return table.Rows.Sum(r => (long)r[0].Length) > table.Rows.Sum(r => (long)r[1].Length) ? (0, 1) : (1, 0);
    }
}
