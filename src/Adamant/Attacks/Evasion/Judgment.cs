using Adamant.Training;

namespace Adamant.Attacks.Evasion;

/// <summary>What the harness found of one attack on one victim: every number is recomputed from what the attack returned.</summary>
public abstract record Judgment
{
    /// <summary>The attack with its parameters, as its record prints itself.</summary>
    public required string Attack { get; init; }

    /// <summary>What became of each sample, in the order of the data.</summary>
    public required IReadOnlyList<SampleOutcome> Samples { get; init; }

    /// <summary>Samples that the attack sent through the victim, without those of the harness itself.</summary>
    public required long Forwards { get; init; }

    /// <summary>Samples among <see cref="Forwards"/> whose gradient was taken.</summary>
    public required long Gradients { get; init; }

    /// <summary>What the attack noticed that makes its score doubtful, each code once.</summary>
    public IReadOnlyList<AttackWarning> Warnings { get; init; } = [];

    /// <summary>What was not run because the time was up: see <see cref="TimeBox"/>. Samples that nobody attacked count as robust, so that the robust accuracy is an upper bound.</summary>
    public IReadOnlyList<NotRun> NotRun { get; init; } = [];

    /// <summary>The time that the attack took, without the harness's own predictions.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The share of originals that the victim gets right.</summary>
    public Proportion CleanAccuracy => new(Samples.Count(s => s.IsCorrect), Samples.Count);

    /// <summary>The share of samples that the victim gets right before and after the attack.</summary>
    public Proportion RobustAccuracy => new(Samples.Count(s => s.IsRobust), Samples.Count);

    /// <summary>
    /// The share of attacked samples where the attacker got what was wanted: among samples that the victim got right, a wrong class; with a target, the
    /// target, among samples that were not there already.
    /// </summary>
    public required Proportion Success { get; init; }

    /// <summary>The largest move, in the norm of the threat, or in edits; 0 for no samples.</summary>
    public double MaxPerturbation => Samples.Select(s => s.Perturbation).DefaultIfEmpty(0).Max();

    /// <summary>
    /// The median size of the moves that fool, among the samples that the victim gets right; infinite where half of them stand, NaN where there are none. Of a
    /// minimum-norm attack at the widest radius, the median distance to the border.
    /// </summary>
    public double MedianPerturbation => Median(Samples.Where(s => s.IsCorrect).Select(s => s.IsRobust ? double.PositiveInfinity : s.Perturbation));

    /// <summary>The median number of questions about the samples that fell; null for attacks that do not count them, or where none fell.</summary>
    public double? MedianQueries => Median(Samples.Where(s => s is { IsCorrect: true, IsRobust: false, Queries: not null }).Select(s => (double)s.Queries!.Value)) is var median && double.IsNaN(median)
        ? null
        : median;

    /// <summary>Samples attacked per second.</summary>
    public double Throughput => Elapsed > TimeSpan.Zero ? Samples.Count / Elapsed.TotalSeconds : 0;

    /// <summary>The mean of the two in the middle where there are two; NaN of nothing.</summary>
    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var (low, high) = ((sorted.Length - 1) / 2, sorted.Length / 2);
        return sorted.Length == 0 ? double.NaN : sorted[low] == sorted[high] ? sorted[low] : (sorted[low] + sorted[high]) / 2;
    }
}
