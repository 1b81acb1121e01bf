using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>Handwritten digits of 8 × 8 pixels in 17 levels of gray, embedded.</summary>
/// <remarks>1,797 rows; every fifth (4, 9, 14, …) is for the test. Levels 0..16 become 0..1. Source: Alpaydin, Kaynak, UCI Machine Learning Repository, data set 80.</remarks>
public sealed class Digits : INamedDataset
{
    private const string File = "digits8x8.csv.gz";

    /// <inheritdoc/>
    public string Name => "digits";

    /// <inheritdoc/>
    public Availability Availability => Availability.Embedded;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "Handwritten digits, 8 x 8.",
        Input = InputSpec.Image(1, 8, 8),
        Rows = EmbeddedTable.Count(1797, part),
        ClassNames = [.. Enumerable.Range(0, 10).Select(n => n.ToString())],
        License = "CC BY 4.0 (UCI), packaged under BSD-3-Clause",
        Source = "Alpaydin, Kaynak, Optical Recognition of Handwritten Digits, UCI data set 80",
        Sha256 = "63e266dec490e75ef6c22e592ba8e509f5cd6d9536f6a3c84547c959afa1f82a",
    };

    /// <inheritdoc/>
    public IDataset Load(DatasetPart part)
    {
        using var scope = NewDisposeScope();
        var (table, train) = EmbeddedTable.Load(File, new CsvOptions { Header = false, Classes = Card(part).ClassNames }, part);
        using (table)
        using (train)
        {
            var all = table.ReadAll();
            return Expected.Check(new TensorDataset(Card(part) with { Rows = table.Count, Source = File, Sha256 = table.Card.Sha256 }, all.Inputs.div(16).reshape(-1, 1, 8, 8), all.Labels), Card(part));
        }
    }
}
