using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>Two half circles that reach into each other: no line separates them, a curve does.</summary>
/// <remarks>
/// The upper moon is (cos t, sin t), the lower (1 − cos t, ½ − sin t), t uniform in [0, π], both with normal noise. Points of the two alternate.
/// Source: the form of Pedregosa et al., "Scikit-learn: Machine Learning in Python", JMLR 12, 2011, function make_moons.
/// </remarks>
public sealed record TwoMoons : INamedDataset
{
    /// <summary>The points to learn from, in 1..1,000,000.</summary>
    public int TrainRows { get; init; } = 400;

    /// <summary>The points of the test, in 1..1,000,000.</summary>
    public int TestRows { get; init; } = 200;

    /// <summary>The standard deviation of the noise along each axis, at least 0; 0.1 by default.</summary>
    public double Noise { get; init; } = 0.1;

    /// <summary>The same seed gives the same points.</summary>
    public int Seed { get; init; }

    /// <inheritdoc/>
    public string Name => "two-moons";

    /// <inheritdoc/>
    public Availability Availability => Availability.Generated;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => PlaneSet.Card(Name, "Two half circles of points that reach into each other.", part, TrainRows, TestRows, ["upper", "lower"]);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The noise is below 0 or not finite.</exception>
    public IDataset Load(DatasetPart part)
    {
        if (!(Noise >= 0 && double.IsFinite(Noise))) throw new ArgumentException($"Expected noise of at least 0, got {Noise}.");
        return PlaneSet.Make(Card(part), Seed, part, (row, random) =>
        {
            var (lower, t) = (row % 2 == 1, random.Uniform(0, Math.PI));
            var (x, y) = lower ? (1 - Math.Cos(t), 0.5 - Math.Sin(t)) : (Math.Cos(t), Math.Sin(t));
            return (x + (Noise * random.Normal()), y + (Noise * random.Normal()), lower ? 1 : 0);
        });
    }
}
