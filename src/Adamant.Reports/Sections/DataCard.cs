using Adamant.Auditing;

namespace Adamant.Reports.Sections;

/// <summary>The data on which the models were attacked.</summary>
internal static class DataCard
{
    public static Html Render(Audit audit)
    {
        var data = audit.Data;
        return Tables.Facts(
            "data-table",
            $"The data set {data.Name}",
            ("Description", data.Description),
            ("Rows", Words.Count(data.Rows)),
            ("Input", Words.Input(data.Input)),
            ("Task", Words.Task(data.Task)),
            ("Classes", ModelCards.Classes(data.ClassNames)),
            ("Columns", string.Join(", ", data.FeatureNames)),
            ("License", data.License),
            ("Source", data.Source),
            ("SHA-256", data.Sha256.Length > 0 ? data.Sha256 : "none: generated, or put together in memory"));
    }
}
