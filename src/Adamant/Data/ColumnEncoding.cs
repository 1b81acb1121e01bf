namespace Adamant.Data;

/// <summary>How one column of a table becomes features.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Categories">The values in order, one feature for each; empty for a column of numbers.</param>
/// <param name="Imputes">Whether missing values are filled in; otherwise they are refused.</param>
/// <param name="Median">What stands for a missing number.</param>
/// <param name="Flagged">Whether a second feature says that the number was missing.</param>
public sealed record ColumnEncoding(string Column, IReadOnlyList<string> Categories, bool Imputes = false, float Median = 0, bool Flagged = false)
{
    /// <summary>The value that stands for missing categories.</summary>
    public const string MissingCategory = "missing";

    /// <summary>The names of the features in order: <c>Age</c>; <c>Age is missing</c>; <c>Home=owner</c>, <c>Home=rent</c>, ….</summary>
    public IReadOnlyList<string> FeatureNames => Categories.Count > 0
        ? [.. Categories.Select(c => $"{Column}={c}")]
        : Flagged ? [Column, $"{Column} is missing"] : [Column];

    /// <summary>The number of features.</summary>
    internal int Width => Categories.Count > 0 ? Categories.Count : Flagged ? 2 : 1;

    /// <summary>Fits a column: the median and the flag, or the different values in ordinal order.</summary>
    /// <exception cref="InvalidDataException">Too many categories.</exception>
    internal static ColumnEncoding Fit(Table table, int column, MissingValues missing)
    {
        var present = table.Rows.Select(r => r[column]).Where(c => !TableEncoding.IsMissing(c)).ToArray();
        var (some, impute) = (present.Length < table.Rows.Count, missing == MissingValues.Impute);
        float[] numbers = [.. present.Where(TableEncoding.IsNumber).Select(TableEncoding.Number).Order()];
        if (numbers.Length * 2 > present.Length || present.Length == 0)     // a few slips do not make a category: they are refused one by one
            return new ColumnEncoding(table.Columns[column], [], impute, Middle(numbers), impute && some);
        string[] categories = [.. present.Concat(some && impute ? [MissingCategory] : []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return categories.Length <= DataLimits.Classes
            ? new ColumnEncoding(table.Columns[column], categories, impute)
            : throw new InvalidDataException($"{table.Name}, column '{table.Columns[column]}': expected at most {DataLimits.Classes} different values, got {categories.Length}. Ignore this column (--ignore).");
    }

    /// <summary>The places of the categories.</summary>
    internal Dictionary<string, int> Places() => Categories.Index().DistinctBy(c => c.Item).ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);

    /// <summary>Writes the features of one cell; <paramref name="categories"/> are <see cref="Places"/>.</summary>
    /// <returns>Null, or why the cell is refused.</returns>
    internal string? Encode(string cell, Dictionary<string, int> categories, Span<float> features)
    {
        features.Clear();
        var missing = TableEncoding.IsMissing(cell);
        if (missing && !Imputes) return TableEncoding.MissingMessage;
        if (Categories.Count > 0)
        {
            if (categories.TryGetValue(missing ? MissingCategory : cell, out var index)) features[index] = 1;
            else if (!missing) return $"'{Short(cell)}' is none of the known values {string.Join(", ", Categories.Take(10))}{(Categories.Count > 10 ? ", …" : "")}";
            return null;                                        // no value was missing when this was fitted: a missing one is none of them
        }
        if (!missing && !TableEncoding.IsNumber(cell)) return $"expected a finite number, got '{Short(cell)}'";
        features[0] = missing ? Median : TableEncoding.Number(cell);
        if (Flagged) features[1] = missing ? 1 : 0;
        return null;
    }

    private static string Short(string cell) => cell.Length > 40 ? cell[..40] + "…" : cell;

    private static float Middle(float[] sorted) => sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
