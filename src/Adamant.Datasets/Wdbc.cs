using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>Breast cancer Wisconsin (diagnostic): 30 measures of cell nuclei, malignant or benign, embedded.</summary>
/// <remarks>569 rows; every fifth (4, 9, 14, …) is for the test. Not for clinical use. Source: Wolberg, Mangasarian, Street, UCI Machine Learning Repository, data set 17.</remarks>
public sealed class Wdbc : INamedDataset
{
    private const string File = "wdbc.csv.gz";
    private static readonly string[] Kinds = ["mean", "error", "worst"];
    private static readonly string[] Measures =
        ["radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points", "symmetry", "fractal dimension"];

    /// <summary>Whether each measure is mapped to [0, 1] by the range of the training part (<see cref="MinMaxScale"/>); otherwise it keeps its unit. Default: yes.</summary>
    public bool Scaled { get; init; } = true;

    /// <inheritdoc/>
    public string Name => "wdbc";

    /// <inheritdoc/>
    public Availability Availability => Availability.Embedded;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "Breast cancer Wisconsin (diagnostic): 30 measures of cell nuclei.",
        Input = Scaled ? new InputSpec([30], 0, 1) : InputSpec.Features(30),
        Rows = EmbeddedTable.Count(569, part),
        ClassNames = ["malignant", "benign"],
        FeatureNames = [.. Kinds.SelectMany(kind => Measures.Select(measure => $"{kind} {measure}"))],
        License = "CC BY 4.0 (UCI), packaged under BSD-3-Clause",
        Source = "Wolberg, Mangasarian, Street, Breast Cancer Wisconsin (Diagnostic), UCI data set 17",
        Sha256 = "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed",
    };

    /// <inheritdoc/>
    public IDataset Load(DatasetPart part)
    {
        var (table, train) = EmbeddedTable.Load(File, new CsvOptions { Skip = 1, Header = false, Classes = Card(part).ClassNames }, part);
        if (!Scaled)
        {
            train.Dispose();
            return Expected.Check(table, Card(part));
        }
        using (table)
        using (train) return Expected.Check(MinMaxScale.Fit(train).Apply(table), Card(part));
    }
}
