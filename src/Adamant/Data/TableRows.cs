using System.Globalization;
using Adamant.Serialization;

namespace Adamant.Data;

/// <summary>Turns encoded samples back into the rows of their table: columns and units of people, categories by name.</summary>
/// <remarks>
/// A number in a scaled unit is written with the decimals that <c>Float32</c> holds there; a missing one is an empty cell. A sample that is of no one category (an attack
/// without constraints can make such) gets a cell that says so, which every schema refuses.
/// </remarks>
public static class TableRows
{
    /// <summary>The rows, with the label as the last column.</summary>
    /// <param name="samples">Inputs <c>[N, F]</c>, <c>Float32</c>.</param>
    /// <param name="card">Names and units of the features, and the classes.</param>
    /// <exception cref="ArgumentException">The samples are no rows of a table with named columns.</exception>
    public static Table Of(Batch samples, DatasetCard card)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(card);
        if (samples.Inputs.dim() != 2 || card.FeatureNames.Count != samples.Inputs.shape[1])
            throw new ArgumentException($"Expected rows of a table with named columns, got {card.Input} with {card.FeatureNames.Count} names. Choose .safetensors.", nameof(samples));
        using var scope = NewDisposeScope();
        var columns = TableColumn.Of(card.FeatureNames);
        var x = samples.Inputs.contiguous().data<float>().ToArray();
        var y = samples.Labels.to_type(ScalarType.Float64).data<double>().ToArray();
        var width = card.FeatureNames.Count;
        var rows = y.Select((label, row) => (string[])
        [
            .. columns.Select(column => Cell(column, x.AsSpan(row * width, width), card.Units)),
            card.ClassNames.Count > 0 ? card.ClassNames[(int)label] : ((float)label).ToString("R", CultureInfo.InvariantCulture),
        ]);
        string[] names = [.. columns.Select(c => c.Name)];
        return new Table(card.Name, [.. names, names.Contains("label") ? "the label" : "label"], [.. rows], [.. Enumerable.Range(2, y.Length)]);
    }

    /// <summary>Writes the rows as a CSV file, whole or not at all.</summary>
    /// <exception cref="ArgumentException">As in <see cref="Of"/>.</exception>
    /// <exception cref="IOException">The disk is full, or the folder is missing.</exception>
    public static void Write(string path, Batch samples, DatasetCard card)
    {
        var table = Of(samples, card);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            foreach (var cells in table.Rows.Prepend([.. table.Columns])) writer.WriteLine(string.Join(",", cells.Select(DatasetExport.Quote)));
        });
    }

    private static string Cell(TableColumn column, ReadOnlySpan<float> features, IReadOnlyList<FeatureUnit> units)
    {
        if (column.Categories.Count > 0)
        {
            var parts = new List<string>();
            for (var k = 0; k < column.Categories.Count; k++)
            {
                var value = features[column.Features[k]];
                if (value == 1) parts.Insert(0, column.Categories[k]);
                else if (value != 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{value:0.00} {column.Categories[k]}"));
            }
            return parts.Count > 0 ? string.Join(" + ", parts) : "none";
        }
        if (column.Flag is { } flag && features[flag] == 1) return "";
        var input = features[column.Features[0]];
        if (units.Count == 0 || units[column.Features[0]] == FeatureUnit.Same) return input.ToString("R", CultureInfo.InvariantCulture);
        var own = units[column.Features[0]].Own(input);
        var decimals = Math.Clamp((int)Math.Floor(-Math.Log10(units[column.Features[0]].Slack(own))), 0, 12);
        return Math.Round(own, decimals).ToString("R", CultureInfo.InvariantCulture);
    }
}
