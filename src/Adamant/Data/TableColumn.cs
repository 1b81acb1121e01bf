namespace Adamant.Data;

/// <summary>A column of a table and the features that it became; told from the names of the features.</summary>
/// <param name="Name">The column.</param>
/// <param name="Features">The numbers of its features: one, or one for each category.</param>
/// <param name="Categories">The categories in the order of the features; empty for a column of numbers.</param>
/// <param name="Flag">The feature that says that the number was missing; null where there is none.</param>
public sealed record TableColumn(string Name, IReadOnlyList<int> Features, IReadOnlyList<string> Categories, int? Flag)
{
    private const string Missing = " is missing";

    /// <summary>The columns in the order of their first features. <c>Age</c> and <c>Age is missing</c> are one column, <c>Home=owner</c> and <c>Home=rent</c> are.</summary>
    public static IReadOnlyList<TableColumn> Of(IReadOnlyList<string> featureNames)
    {
        ArgumentNullException.ThrowIfNull(featureNames);
        var known = featureNames.ToHashSet(StringComparer.Ordinal);
        return [.. featureNames.Index().GroupBy(f => ColumnOf(f.Item, known)).Select(group =>
        {
            var own = group.Where(f => f.Item == group.Key || f.Item.StartsWith(group.Key + "=", StringComparison.Ordinal)).ToArray();
            var isCategorical = own[0].Item != group.Key;
            return new TableColumn(
                group.Key, [.. own.Select(f => f.Index)], isCategorical ? [.. own.Select(f => f.Item[(group.Key.Length + 1)..])] : [],
                group.Where(f => f.Item == group.Key + Missing).Select(f => (int?)f.Index).FirstOrDefault());
        })];
    }

    private static string ColumnOf(string feature, HashSet<string> known)
    {
        if (feature.EndsWith(Missing, StringComparison.Ordinal) && known.Contains(feature[..^Missing.Length])) return feature[..^Missing.Length];
        var at = feature.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? feature[..at] : feature;
    }
}
