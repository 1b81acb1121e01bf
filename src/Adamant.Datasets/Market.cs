using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>A share's days, simulated: twenty days of return, range and volume, and whether the next day is quiet or volatile.</summary>
/// <remarks>
/// <code>
/// rₜ = σₜ ν,  σ²ₜ = ω + 0.08 r²ₜ₋₁ + 0.88 σ²ₜ₋₁;  ω = 0.02 in calm times and 0.12 in turbulent ones
/// </code>
/// Calm ends on 1 day of 100, turbulence on 4. Returns are in percent, ν is normal. A day is volatile when |r| is above the median of the training days. The direction of the next day is
/// pure chance here, as it nearly is on a market: no model can forecast it. The test comes after the training in time. The process is our own; a simulation is no market.
/// Source of the volatility: Bollerslev, "Generalized autoregressive conditional heteroskedasticity", Journal of Econometrics 31, 1986; of the regimes: Hamilton, Econometrica 57, 1989.
/// </remarks>
public sealed class Market : INamedDataset
{
    private static readonly string[] Channels = ["return", "range", "volume"];
    private static readonly Windows Windows = new(20) { Horizon = 1 };

    /// <summary>The days to learn from, in 100..1,000,000.</summary>
    public int TrainDays { get; init; } = 6000;

    /// <summary>The days of the test, in 100..1,000,000.</summary>
    public int TestDays { get; init; } = 2000;

    /// <summary>The same seed gives the same days.</summary>
    public int Seed { get; init; }

    /// <inheritdoc/>
    public string Name => "market";

    /// <inheritdoc/>
    public Availability Availability => Availability.Generated;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = $"A share's days: is the next one quiet or volatile? Simulated with seed {Seed}.",
        Input = new InputSpec([Windows.Length, Channels.Length]),
        Rows = Windows.CountIn(part == DatasetPart.Train ? TrainDays : TestDays),
        ClassNames = ["quiet", "volatile"],
        FeatureNames = Channels,
        IsOrdered = true,
        License = "MIT",
        Source = "Adamant",
    };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A part of fewer than 100 or more than 1,000,000 days.</exception>
    public IDataset Load(DatasetPart part)
    {
        if (TrainDays is < 100 or > 1_000_000 || TestDays is < 100 or > 1_000_000)
            throw new ArgumentException($"Expected 100 to 1,000,000 days for each part, got {TrainDays} and {TestDays}.");
        var days = Days();
        var median = days.Take(TrainDays).Select(day => Math.Abs(day[0])).Order().ElementAt(TrainDays / 2);
        var unit = new SeriesUnit("share", [.. part == DatasetPart.Train ? days.Take(TrainDays) : days.Skip(TrainDays)]);
        return Windows.Cut(new SeriesTable(Name, Channels, [unit]), Card(part), (_, row) => Math.Abs(unit.Rows[row][0]) > median ? 1 : 0).Under(Card(part));
    }

    /// <summary>The days of both parts in order: return and range in percent, logarithm of the volume.</summary>
    private List<float[]> Days()
    {
        var (random, turbulent, variance, last) = (SplitMix.Of(Seed, 0), false, 0.5, 0.0);
        var days = new List<float[]>();
        for (var day = 0; day < TrainDays + TestDays; day++)
        {
            if (random.Chance(turbulent ? 0.04 : 0.01)) turbulent = !turbulent;
            variance = (turbulent ? 0.12 : 0.02) + (0.08 * last * last) + (0.88 * variance);
            var deviation = Math.Sqrt(variance);
            last = deviation * random.Normal();
            var range = Math.Max(Math.Abs(last), 1.6 * deviation * Math.Exp(0.35 * random.Normal()));
            days.Add([(float)last, (float)range, (float)((0.5 * Math.Log(deviation)) + (0.3 * random.Normal()))]);
        }
        return days;
    }
}
