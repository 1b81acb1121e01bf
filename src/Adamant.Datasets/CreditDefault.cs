using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>Credit cards in Taiwan, 2005: limit, person, six months of bills and payments, and whether the next payment fails; read from the user's file.</summary>
/// <remarks>
/// 30,000 rows, 22 % default; every fifth (4, 9, 14, …) is for the test. Sex, education and marriage are the publisher's numbers. Some copies in circulation have cells blanked.
/// Source: Yeh, Lien, "The comparisons of data mining techniques for the predictive accuracy of probability of default of credit card clients", Expert Systems with
/// Applications 36(2), 2009; UCI Machine Learning Repository, data set 350.
/// </remarks>
/// <param name="folder">Holds <c>credit-default</c>; null for nowhere.</param>
public sealed class CreditDefault(string? folder = null) : INamedDataset
{
    private const string File = "UCI_Credit_Card.csv";
    private static readonly CsvOptions Options = new() { Header = true, Label = "default.payment.next.month", Ignore = ["ID"], Classes = ["paid", "default"] };

    private static readonly string[] FeatureNames =
    [
        "LIMIT_BAL", "SEX", "EDUCATION", "MARRIAGE", "AGE", "PAY_0", "PAY_2", "PAY_3", "PAY_4", "PAY_5", "PAY_6",
        .. Enumerable.Range(1, 6).Select(n => $"BILL_AMT{n}"), .. Enumerable.Range(1, 6).Select(n => $"PAY_AMT{n}"),
    ];

    private readonly UserFolder files = new(folder, "credit-default", File);

    /// <inheritdoc/>
    public string Name => "credit-default";

    /// <inheritdoc/>
    public Availability Availability => files.Availability;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "Credit cards: does the next payment fail?",
        Input = new InputSpec([FeatureNames.Length], 0, 1),
        Rows = EmbeddedTable.Count(30_000, part),
        ClassNames = ["paid", "default"],
        FeatureNames = FeatureNames,
        License = "CC BY 4.0 (UCI)",
        Source = "Yeh, Lien, Default of Credit Card Clients, UCI data set 350",
        Sha256 = "e3d893c1b4a9dc73220d01e18975ea04adb79fd8e0cebed1aea739e77797224e",
    };

    /// <inheritdoc/>
    public IDataset Load(DatasetPart part)
    {
        var (table, train) = EmbeddedTable.Split(Csv.ReadTable(files.PathOf(File), Options), Options, part);
        using (table)
        using (train)
        {
            var scale = MinMaxScale.Fit(train);
            return Expected.Check(scale.Apply(table), Card(part) with { Units = scale.Units });
        }
    }
}
