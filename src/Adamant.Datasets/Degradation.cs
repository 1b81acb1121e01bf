using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>Pumps that wear out, simulated: eight sensors over the last 30 cycles, and the cycles that are left, at most 100.</summary>
/// <remarks>
/// Training: every window of pumps that ran to their failure. Test: one window for each of other pumps, ending at a random moment of its life, so that errors are
/// independent. A life that is left counts as 100 at most: a pump that is not worn yet says nothing about its end. See <see cref="DegradationSimulator"/>.
/// </remarks>
public sealed class Degradation : INamedDataset
{
    private const int MostUnits = 10_000;
    private static readonly Windows Windows = new(30);

    /// <summary>The pumps to learn from, in 1..10,000.</summary>
    public int TrainUnits { get; init; } = 60;

    /// <summary>The pumps of the test, in 1..10,000.</summary>
    public int TestUnits { get; init; } = 200;

    /// <summary>The largest target, at least 1.</summary>
    public int Cap { get; init; } = 100;

    /// <summary>The same seed gives the same pumps.</summary>
    public int Seed { get; init; }

    /// <inheritdoc/>
    public string Name => "degradation";

    /// <inheritdoc/>
    public Availability Availability => Availability.Generated;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = $"Pumps that wear out: cycles left, at most {Cap}, of 8 sensors; simulated with seed {Seed}.",
        Input = new InputSpec([Windows.Length, DegradationSimulator.Channels.Count]),
        Rows = part == DatasetPart.Test ? TestUnits : Table(part).Units.Sum(u => (long)Windows.CountIn(u.Rows.Count)),
        Task = LearningTask.Regression,
        FeatureNames = DegradationSimulator.Channels,
        IsOrdered = part == DatasetPart.Train,
        License = "MIT",
        Source = "Adamant",
    };

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A number of units is not in 1..10,000, or the cap below 1.</exception>
    public IDataset Load(DatasetPart part)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Cap, 1);
        var (table, lives) = (Table(part), Lives(part));
        var windows = Windows with { LastOnly = part == DatasetPart.Test };
        return windows.Cut(table, Card(part), (unit, row) => Math.Min(Cap, lives[unit.Name] - 1 - row)).Under(Card(part));
    }

    /// <summary>The series of a part: whole lives in training; in the test up to the moment of the question.</summary>
    public SeriesTable Table(DatasetPart part)
    {
        var units = Units(part).Select(unit => part == DatasetPart.Train ? unit : unit with { Rows = [.. unit.Rows.Take(Moment(unit))] });
        return new SeriesTable(Name, DegradationSimulator.Channels, [.. units]);
    }

    private Dictionary<string, int> Lives(DatasetPart part) => Units(part).ToDictionary(u => u.Name, u => u.Rows.Count);

    /// <summary>Pumps of the test are numbered after all that a training part can have.</summary>
    private IEnumerable<SeriesUnit> Units(DatasetPart part)
    {
        var (first, count) = part == DatasetPart.Train ? (0, TrainUnits) : (MostUnits, TestUnits);
        if (count is < 1 or > MostUnits) throw new ArgumentOutOfRangeException(part == DatasetPart.Train ? nameof(TrainUnits) : nameof(TestUnits), count, $"Expected 1 to {MostUnits} units.");
        var simulator = new DegradationSimulator(Seed);
        return Enumerable.Range(first, count).Select(simulator.Run);
    }

    /// <summary>How many rows of a unit are known when the question is put: at least a window, and not all.</summary>
    private int Moment(SeriesUnit unit) => Windows.Length + SplitMix.Of(Seed, -1 - int.Parse(unit.Name)).Below(unit.Rows.Count - Windows.Length);
}
