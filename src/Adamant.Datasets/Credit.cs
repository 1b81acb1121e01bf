using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>Credit scoring: 13 facts about an applicant and whether the credit went bad, embedded.</summary>
/// <remarks>
/// 4,454 rows, 28 % bad; every fifth (4, 9, 14, …) is for the test. Categories become 0/1 features; missing numbers become the training part's median with a feature
/// that says so, missing categories a value of their own (see <see cref="MissingValues.Impute"/>).
/// Source: Kuhn, R package modeldata, <c>credit_data</c>, MIT; the terms of the original publisher are not stated.
/// </remarks>
public sealed class Credit : INamedDataset
{
    private const string File = "credit-scoring.csv.gz";

    private static readonly string[] FeatureNames =
    [
        "Seniority", "Home=ignore", "Home=missing", "Home=other", "Home=owner", "Home=parents", "Home=priv", "Home=rent", "Time",
        "Age", "Marital=divorced", "Marital=married", "Marital=missing", "Marital=separated", "Marital=single", "Marital=widow",
        "Records=no", "Records=yes", "Job=fixed", "Job=freelance", "Job=missing", "Job=others", "Job=partime", "Expenses",
        "Income", "Income is missing", "Assets", "Assets is missing", "Debt", "Debt is missing", "Amount", "Price",
    ];

    private static readonly CsvOptions Options = new() { Header = true, Label = "Status", Classes = ["good", "bad"], Missing = MissingValues.Impute };

    /// <summary>Whether each feature is mapped to [0, 1] by the range of the training part (<see cref="MinMaxScale"/>); otherwise it keeps its unit. Default: yes.</summary>
    public bool Scaled { get; init; } = true;

    /// <inheritdoc/>
    public string Name => "credit";

    /// <inheritdoc/>
    public Availability Availability => Availability.Embedded;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "Credit scoring: does a credit go bad?",
        Input = Scaled ? new InputSpec([FeatureNames.Length], 0, 1) : InputSpec.Features(FeatureNames.Length),
        Rows = EmbeddedTable.Count(4454, part),
        ClassNames = ["good", "bad"],
        FeatureNames = FeatureNames,
        License = "MIT (package; original terms not stated)",
        Source = "Kuhn, modeldata: credit_data",
        Sha256 = "e493b0e04d72aaa0301fd665772d1fb99e122601fdf9d3ac8d65357bc4dc0eab",
    };

    /// <inheritdoc/>
    public IDataset Load(DatasetPart part)
    {
        var (table, train) = EmbeddedTable.Load(File, Options, part);
        if (!Scaled)
        {
            train.Dispose();
            return Expected.Check(table, Card(part));
        }
        using (table)
        using (train)
        {
            var scale = MinMaxScale.Fit(train);
            return Expected.Check(scale.Apply(table), Card(part) with { Units = scale.Units });
        }
    }
}
