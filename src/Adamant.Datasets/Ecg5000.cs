using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>Single heartbeats of one patient with heart failure, 140 points each, in five classes (UCR's ECG5000, its 500 training rows).</summary>
/// <remarks>
/// For cross-validation with 5 folds: row k of a class, in the order of the file, belongs to fold k mod 5, so that each fold has its share of each class. Training is all folds but
/// <see cref="Fold"/>, the test is <see cref="Fold"/>. The 4,500 official test rows are not used: figures for them are not comparable. Two rows are of class <c>unknown</c>: three
/// folds have none. Not for clinical use.
/// Source: Chen, Keogh et al., UCR Time Series Classification Archive; Goldberger et al., PhysioNet, Circulation 101(23), 2000: record chf07 of Baim et al., 1986.
/// </remarks>
/// <param name="folder">Holds <c>ecg5000</c>; null for nowhere.</param>
public sealed class Ecg5000(string? folder = null) : INamedDataset
{
    private const string File = "ECG5000_TRAIN.txt";
    private const int Length = 140;
    private static readonly int[] PerClass = [292, 177, 10, 19, 2];
    private readonly InstalledFiles files = new("ecg5000", folder, [File]);

    /// <summary>The number of folds.</summary>
    public const int Folds = 5;

    /// <summary>Which fold is the test, in 0..4; 0 by default.</summary>
    public int Fold { get; init; }

    /// <inheritdoc/>
    public string Name => "ecg5000";

    /// <inheritdoc/>
    public Availability Availability => files.Availability;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = $"Heartbeats of one patient, 140 points each; fold {Fold} of {Folds} is the test.",
        Input = new InputSpec([Length, 1]),
        Rows = PerClass.Sum(rows => Enumerable.Range(0, rows).Count(k => IsIn(part, k))),
        ClassNames = ["normal", "R-on-T", "premature ventricular", "supraventricular", "unknown"],
        FeatureNames = ["potential"],
        License = "ODC-BY 1.0 (PhysioNet)",
        Source = "UCR Time Series Classification Archive, ECG5000; PhysioNet, BIDMC Congestive Heart Failure Database, record chf07",
        Sha256 = "0d96aff193311a6dc6111bf0dbd2f7d2313987fbf7a1da4a383d92563876057b",
    };

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The fold is not in 0..4.</exception>
    public IDataset Load(DatasetPart part)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Fold);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Fold, Folds);
        var (table, card) = (SeriesTable.Open(files.PathOf(File)), Card(part));
        if (table.Rows != PerClass.Sum()) throw new InvalidDataException($"{table.Name}: expected {PerClass.Sum()} rows, got {table.Rows}. Restore the official file.");
        if (table.Sha256 != card.Sha256) throw new InvalidDataException($"{table.Name}: expected SHA-256 {card.Sha256}, got {table.Sha256}. Restore the official file.");
        var seen = new int[PerClass.Length];
        float[][] rows = [.. table.Units[0].Rows.Where(row => IsIn(part, seen[(int)row[0] - 1]++))];
        using var scope = NewDisposeScope();
        return new TensorDataset(
            card, tensor(rows.SelectMany(row => row[1..]).ToArray()).reshape(-1, Length, 1), tensor(rows.Select(row => (long)row[0] - 1).ToArray()));
    }

    private bool IsIn(DatasetPart part, int rowOfClass) => rowOfClass % Folds == Fold == (part == DatasetPart.Test);
}
