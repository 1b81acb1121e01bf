using System.Buffers;
using System.Globalization;
using Adamant.Serialization;

namespace Adamant.Data;

/// <summary>Writes a data set as <c>.safetensors</c>, <c>.npz</c> or <c>.csv</c>, whole or not at all.</summary>
/// <remarks>
/// safetensors keeps everything. npz keeps values, not names. csv keeps the names of features (where they can head a table) and classes and loses the shape: a sample becomes a row of
/// its values and its label. Texts go into a csv of the columns text and label.
/// </remarks>
public static class DatasetExport
{
    private const int RowsAtOnce = 1024;
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n;\t ");

    /// <summary>Writes the file; its ending says the format.</summary>
    /// <exception cref="ArgumentException">Another ending, or more values in a sample than a table has columns.</exception>
    /// <exception cref="IOException">The disk is full, or the folder is missing.</exception>
    public static void Write(IDataset data, string path)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var scope = NewDisposeScope();
        if (data is ITextDataset texts)
        {
            if (!path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) throw new ArgumentException($"Expected a file .csv for texts, got {path}.", nameof(path));
            AtomicFile.Write(path, stream => WriteTexts(texts, stream));
            return;
        }
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".safetensors":
                SafeTensorsData.Write(path, data);
                break;
            case ".npz":
                var all = data.ReadAll();
                AtomicFile.Write(path, stream => Npz.Write(stream, new Dictionary<string, Tensor> { ["inputs"] = all.Inputs, ["labels"] = all.Labels }));
                break;
            case ".csv":
                AtomicFile.Write(path, stream => WriteCsv(data, stream));
                break;
            default:
                throw new ArgumentException($"Expected a file .safetensors, .npz or .csv, got {path}.", nameof(path));
        }
    }

    private static void WriteTexts(ITextDataset data, Stream stream)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("text,label");
        var labels = data.ReadAll().Labels.to_type(ScalarType.Float64).data<double>().ToArray();
        foreach (var (text, label) in data.Texts.Zip(labels))
            writer.WriteLine($"{Quote(text)},{(data.Card.ClassNames.Count > 0 ? Quote(data.Card.ClassNames[(int)label]) : ((float)label).ToString("R", CultureInfo.InvariantCulture))}");
    }

    private static void WriteCsv(IDataset data, Stream stream)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        var card = data.Card;
        var width = card.Input.Shape.Aggregate(1L, (product, d) => product * d);
        if (width >= DataLimits.Columns) throw new ArgumentException($"{card.Name}: expected at most {DataLimits.Columns - 1} values a sample for a table, got {width}. Choose .npz or .safetensors.", nameof(data));
        var names = card.FeatureNames.Count == width && IsHeader([.. card.FeatureNames, "label"]) ? card.FeatureNames : [.. Enumerable.Range(0, (int)width).Select(i => $"x{i}")];
        writer.WriteLine(string.Join(",", names.Append("label").Select(Quote)));
        for (var start = 0L; start < data.Count; start += RowsAtOnce)
        {
            using var scope = NewDisposeScope();
            var batch = data.Read(start, Math.Min(RowsAtOnce, data.Count - start));
            var x = batch.Inputs.reshape(batch.Count, -1).to_type(ScalarType.Float32).data<float>().ToArray();
            var y = batch.Labels.to_type(ScalarType.Float64).data<double>().ToArray();
            for (var row = 0; row < y.Length; row++)
            {
                for (var i = 0; i < width; i++) writer.Write(x[(row * width) + i].ToString("R", CultureInfo.InvariantCulture) + ",");
                writer.WriteLine(card.ClassNames.Count > 0 ? Quote(card.ClassNames[(int)y[row]]) : ((float)y[row]).ToString("R", CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>Whether <see cref="Csv"/> takes these names for a header: different, and neither empty nor numbers.</summary>
    private static bool IsHeader(string[] names) =>
        !names.Any(n => string.IsNullOrWhiteSpace(n) || TableEncoding.IsNumber(n)) && names.Distinct(StringComparer.Ordinal).Count() == names.Length;

    internal static string Quote(string cell) => !cell.AsSpan().ContainsAny(Special) ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
