namespace Adamant.Training;

/// <summary>A share of successes among independent trials, with its uncertainty.</summary>
/// <param name="Successes">From 0 to <paramref name="Trials"/>.</param>
/// <param name="Trials">At least 0.</param>
public readonly record struct Proportion(long Successes, long Trials)
{
    private const double Z95 = 1.959963984540054;

    /// <summary>The share, from 0 to 1; NaN without trials.</summary>
    public double Value => (double)Successes / Trials;

    /// <summary>The 95 % Wilson score interval, from 0 to 1; [0, 1] without trials.</summary>
    /// <remarks>Source: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927).</remarks>
    public (double Low, double High) Wilson95
    {
        get
        {
            if (Trials == 0) return (0, 1);
            double n = Trials, p = Value, z2 = Z95 * Z95;
            var center = (p + z2 / (2 * n)) / (1 + z2 / n);
            var half = Z95 / (1 + z2 / n) * Math.Sqrt(p * (1 - p) / n + z2 / (4 * n * n));
            return (Math.Max(0, center - half), Math.Min(1, center + half));
        }
    }

    /// <summary>For people: <c>64.8 % [58.8, 70.4]</c>.</summary>
    public override string ToString() =>
        Trials == 0 ? "–" : $"{100 * Value:0.0} % [{100 * Wilson95.Low:0.0}, {100 * Wilson95.High:0.0}]";
}
