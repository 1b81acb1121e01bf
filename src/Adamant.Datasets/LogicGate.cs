using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>The logic gates AND and XOR as points of the plane around the corners (0, 0), (0, 1), (1, 0) and (1, 1).</summary>
/// <remarks>
/// As many points at each corner, each moved by less than <see cref="Jitter"/> along both axes. AND can be separated by a line. No line is right about more than
/// 75 % of XOR: one point from each corner makes a quadrilateral whose diagonals cross, so a line is wrong about one of the four, and the points fall into such
/// fours. Source: Minsky, Papert, "Perceptrons", 1969.
/// </remarks>
public sealed record LogicGate : INamedDataset
{
    private readonly Func<bool, bool, bool> gate;

    private LogicGate(string name, Func<bool, bool, bool> gate) => (Name, this.gate) = (name, gate);

    /// <summary>True where both are true.</summary>
    public static LogicGate And { get; } = new("and", (a, b) => a && b);

    /// <summary>True where one of them is true, not both.</summary>
    public static LogicGate Xor { get; } = new("xor", (a, b) => a != b);

    /// <summary>The points to learn from, a multiple of 4 up to 1,000,000.</summary>
    public int TrainRows { get; init; } = 400;

    /// <summary>The points of the test, a multiple of 4 up to 1,000,000.</summary>
    public int TestRows { get; init; } = 200;

    /// <summary>How far a point may be from its corner along each axis, in [0, 0.25); 0.2 by default.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>The same seed gives the same points.</summary>
    public int Seed { get; init; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Availability Availability => Availability.Generated;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => PlaneSet.Card(Name, $"The logic gate {Name.ToUpperInvariant()} as points of the plane.", part, TrainRows, TestRows, ["false", "true"]);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The rows are not a multiple of 4, or the jitter is out of its range.</exception>
    public IDataset Load(DatasetPart part)
    {
        var card = Card(part);
        if (card.Rows % 4 != 0) throw new ArgumentException($"Expected a multiple of 4 rows, as many for each corner, got {card.Rows}.");
        if (!(Jitter is >= 0 and < 0.25)) throw new ArgumentException($"Expected a jitter in [0, 0.25), got {Jitter}.");
        return PlaneSet.Make(card, Seed, part, (row, random) =>
        {
            var (a, b) = (row % 4 >= 2, row % 2 == 1);
            double Near(bool corner) => (corner ? 1 : 0) + random.Uniform(-Jitter, Jitter);
            return (Near(a), Near(b), gate(a, b) ? 1 : 0);
        });
    }
}
