using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>Simulates pumps that wear until they fail, and what eight sensors see of it. docs/guide/series.md describes the process.</summary>
/// <remarks>
/// <code>
/// ℓₜ = 0.9 ℓₜ₋₁ + 0.44 ν                                    load, ν normal
/// wₜ₊₁ = wₜ + r (1 + 3wₜ) e^(0.2 ℓₜ) ε,  r = 0.0035 e^(0.3 ν)    wear, ε exponential with mean 1; fails when w ≥ 1
/// </code>
/// Wear is hidden: each sensor shows the load and some function of wear, with noise; two show nothing of it. The start (w₀ uniform in [0, 0.1]), the rate r and each
/// sensor's zero differ from pump to pump. Pumps that fail within 40 cycles are drawn anew. The process is our own; a simulation is no plant: errors here say nothing about real machines.
/// </remarks>
/// <param name="seed">The same seed gives the same pumps; pump n does not depend on how many there are.</param>
public sealed class DegradationSimulator(int seed)
{
    private const int Shortest = 40;

    /// <summary>The sensors in order.</summary>
    public static IReadOnlyList<string> Channels { get; } = ["temperature", "vibration", "pressure", "speed", "current", "acoustic", "ambient", "supply"];

    /// <summary>Runs one pump to its failure.</summary>
    /// <param name="number">Which pump, at least 0.</param>
    /// <returns>One row for each cycle; the last one is the last that it runs.</returns>
    public SeriesUnit Run(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        var random = SplitMix.Of(seed, number);
        while (true)
        {
            var rows = Live(random);
            if (rows.Count >= Shortest) return new SeriesUnit($"{number}", rows);
        }
    }

    private static List<float[]> Live(SplitMix random)
    {
        var (rate, wear, load) = (0.0035 * Math.Exp(0.3 * random.Normal()), random.Uniform(0, 0.1), random.Normal());
        double[] zero = [.. Channels.Select(_ => random.Normal())];
        var rows = new List<float[]>();
        for (var cycle = 0; wear < 1; cycle++)
        {
            rows.Add(Sense(wear, load, cycle, zero, random));
            wear += rate * (1 + (3 * wear)) * Math.Exp(0.2 * load) * random.Exponential(1);
            load = (0.9 * load) + (0.44 * random.Normal());
        }
        return rows;
    }

    private static float[] Sense(double wear, double load, int cycle, double[] zero, SplitMix random) =>
    [
        (float)(80 + zero[0] + (4 * load) + (14 * wear * wear) + (1.5 * random.Normal())),                             // °C
        (float)((2 + (0.1 * zero[1]) + (0.3 * load) + (2.5 * wear * wear * wear)) * (1 + (0.1 * random.Normal()))),      // mm/s
        (float)(6 + (0.05 * zero[2]) - (0.1 * load) - (0.6 * wear) + (0.12 * random.Normal())),                        // bar
        (float)(1500 + (2 * zero[3]) - (10 * load) - (15 * wear) + (4 * random.Normal())),                             // 1/min
        (float)(12 + (0.2 * zero[4]) + (1.2 * load) + (1.2 * wear) + (0.3 * random.Normal())),                         // A
        (float)(40 + zero[5] + (20 * Math.Max(0, wear - 0.6)) + random.Normal()),                                      // dB
        (float)(20 + (3 * Math.Sin(cycle / 24.0 * Math.Tau)) + zero[6] + (0.5 * random.Normal())),                     // °C, nothing of wear
        24,                                                                                                            // V, never varies
    ];
}
