using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>How far an attack had to move each sample: what is left of a run at the widest radius.</summary>
/// <remarks>An upper bound of the true distance of each sample: a better attack may find a nearer one.</remarks>
public sealed record MinimumNorms
{
    private const double NoBound = 1e30;

    private MinimumNorms(string norm, IReadOnlyList<double> distances, IReadOnlyList<double> found, Proportion success) =>
        (Norm, Distances, Success, LowerQuartile, Median, UpperQuartile) =
        (norm, distances, success, Quantile(found, 0.25), Quantile(found, 0.5), Quantile(found, 0.75));

    /// <summary>The norm of the distances.</summary>
    public string Norm { get; }

    /// <summary>One per sample, in the order of the data: 0 where nothing had to be moved, infinite where nothing was found.</summary>
    public IReadOnlyList<double> Distances { get; }

    /// <summary>The share of samples, among those that had to be moved, where the attack found something.</summary>
    public Proportion Success { get; }

    /// <summary>A quarter of what was found is nearer; not a number where nothing was.</summary>
    public double LowerQuartile { get; }

    /// <summary>Half of what was found is nearer; not a number where nothing was.</summary>
    public double Median { get; }

    /// <summary>Three quarters of what was found are nearer; not a number where nothing was.</summary>
    public double UpperQuartile { get; }

    /// <summary>The ball with the widest radius that makes sense for such inputs: with it a minimum-norm attack measures distances.</summary>
    /// <param name="ball">The norm; its radius does not matter.</param>
    /// <param name="input">The range.</param>
    public static Ball Widest(Ball ball, InputSpec input)
    {
        ArgumentNullException.ThrowIfNull(ball);
        var widest = ball.Widest(input);
        return ball with { Radius = double.IsFinite(widest) ? widest : NoBound };
    }

    /// <summary>The distances of a judged run, at whatever radius: beyond it, nothing was found.</summary>
    /// <param name="result">What the harness found.</param>
    public static MinimumNorms Of(EvasionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var targets = result.Threat.Target?.data<long>().ToArray();
        bool Wrong(int i, long predicted) => targets is null
            ? predicted != result.Samples[i].Label && predicted != IClassifier.Rejected
            : predicted == targets[i];

        var distances = new double[result.Samples.Count];
        List<double> found = [];
        var tries = 0L;
        for (var i = 0; i < distances.Length; i++)
        {
            var sample = result.Samples[i];
            if (Wrong(i, sample.Clean)) continue;
            tries++;
            distances[i] = Wrong(i, sample.Adversarial) ? sample.Perturbation : double.PositiveInfinity;
            if (double.IsFinite(distances[i])) found.Add(distances[i]);
        }
        found.Sort();
        return new MinimumNorms(NearestSearch.Core(result.Threat.Ball).Norm, distances, found, new Proportion(found.Count, tries));
    }

    /// <summary>Between the two nearest ranks, in proportion.</summary>
    private static double Quantile(IReadOnlyList<double> sorted, double share)
    {
        if (sorted.Count == 0) return double.NaN;
        var at = share * (sorted.Count - 1);
        var below = (int)at;
        return sorted[below] + ((at - below) * (sorted[Math.Min(below + 1, sorted.Count - 1)] - sorted[below]));
    }
}
