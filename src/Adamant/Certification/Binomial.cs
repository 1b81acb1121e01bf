namespace Adamant.Certification;

/// <summary>Exact statements about the probability behind counted hits.</summary>
/// <remarks>
/// The tails of the binomial distribution are the incomplete beta function, <c>P(X ≥ k) = I_p(k, n − k + 1)</c>, here by its continued fraction: about 12 digits up to a million
/// trials. The bound comes from bisection and its lower end is taken, so rounding never proves too much.
/// Sources: Clopper, Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26, 1934; the continued
/// fraction: NIST Digital Library of Mathematical Functions, §8.17(v); ln Γ: §5.11(i).
/// </remarks>
internal static class Binomial
{
    /// <summary>Clopper and Pearson's one-sided bound: the probability is at least that with confidence 1 − α.</summary>
    /// <param name="hits">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="alpha">The chance to be wrong, in (0, 1).</param>
    public static double LowerBound(long hits, long trials, double alpha)
    {
        if (hits == 0) return 0;
        if (hits == trials) return Math.Exp(Math.Log(alpha) / trials);
        var (low, high) = (0.0, (double)hits / trials);
        while (high - low > 1e-14)
        {
            var middle = (low + high) / 2;
            if (AtLeast(hits, trials, middle) < alpha) low = middle;
            else high = middle;
        }
        return low;
    }

    /// <summary>The two-sided p-value of "both are equally likely".</summary>
    public static double EqualOdds(long hits, long misses) =>
        hits == misses ? 1 : Math.Min(1, 2 * AtLeast(Math.Max(hits, misses), hits + misses, 0.5));

    /// <summary>The chance of at least so many hits, at least 1 of them, when each has probability <paramref name="p"/>.</summary>
    public static double AtLeast(long hits, long trials, double p)
    {
        double a = hits, b = trials - hits + 1;
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(p)) + (b * Math.Log(1 - p)));
        return p < (a + 1) / (a + b + 2) ? front * Fraction(a, b, p) / a : 1 - (front * Fraction(b, a, 1 - p) / b);
    }

    /// <summary>The continued fraction of the incomplete beta function, evaluated from its start (Lentz).</summary>
    private static double Fraction(double a, double b, double x)
    {
        const double tiny = 1e-300;
        var (c, d) = (1.0, 1 / NotZero(1 - ((a + b) * x / (a + 1))));
        var value = d;
        for (var m = 1; m < 100_000; m++)
        {
            Step(m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m))));
            if (Math.Abs(Step(-(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1))) - 1) < 1e-15) break;
        }
        return value;

        double Step(double term)
        {
            d = 1 / NotZero(1 + (term * d));
            c = NotZero(1 + (term / c));
            value *= c * d;
            return c * d;
        }

        static double NotZero(double x) => Math.Abs(x) < tiny ? tiny : x;
    }

    /// <summary>Stirling's series, from 10 upwards; below by Γ(x + 1) = x Γ(x).</summary>
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 10; x++) shift += Math.Log(x);
        var (r, r2) = (1 / x, 1 / (x * x));
        var series = r * ((1.0 / 12) - (r2 * ((1.0 / 360) - (r2 * ((1.0 / 1260) - (r2 * ((1.0 / 1680) - (r2 * ((1.0 / 1188) - (r2 * 691 / 360360))))))))));
        return ((x - 0.5) * Math.Log(x)) - x + (Math.Log(Math.Tau) / 2) + series - shift;
    }
}
