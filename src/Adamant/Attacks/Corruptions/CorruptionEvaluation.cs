using Adamant.Data;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Attacks.Corruptions;

/// <summary>How a model fares on images that nobody crafted but that are not clean either: one accuracy per corruption and severity.</summary>
/// <remarks>
/// The mean corruption error compares with a baseline, so that hard corruptions do not count for more:
/// <code>mCE = mean_c (Σ_s E(c, s) / Σ_s E_baseline(c, s))</code>
/// Robustness against corruptions says little about attackers, and the other way around: measure both.
/// Source: Hendrycks, Dietterich, ICLR 2019, arXiv:1903.12261, §4.
/// </remarks>
public sealed record CorruptionEvaluation
{
    /// <summary>The accuracy on the images as they are.</summary>
    public required Proportion Clean { get; init; }

    /// <summary>One entry per corruption and severity, in the order of the catalog.</summary>
    public required IReadOnlyList<CorruptionScore> Scores { get; init; }

    /// <summary>The mean error over all corruptions and severities.</summary>
    public double MeanError => Scores.Average(s => 1 - s.Accuracy.Value);

    /// <summary>mCE: below 1 where this model fares better than the baseline.</summary>
    /// <param name="baseline">The same corruptions and severities, of another model.</param>
    /// <exception cref="ArgumentException">The baseline has other corruptions or severities, or never errs under one of them.</exception>
    public double MeanCorruptionError(CorruptionEvaluation baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        if (!Scores.Select(s => (s.Corruption, s.Severity)).SequenceEqual(baseline.Scores.Select(s => (s.Corruption, s.Severity))))
            throw new ArgumentException("Expected a baseline with the same corruptions and severities.", nameof(baseline));
        var errors = baseline.ErrorsByCorruption();
        return ErrorsByCorruption().Average(own => errors[own.Key] > 0
            ? own.Value / errors[own.Key]
            : throw new ArgumentException($"Expected a baseline that errs at least once under {own.Key}: a share of zero errors has no meaning. Use more samples.", nameof(baseline)));
    }

    /// <summary>Corrupts and classifies.</summary>
    /// <param name="victim">A model of images with bounds.</param>
    /// <param name="data">Images <c>[N, C, H, W]</c> and their classes.</param>
    /// <param name="corruptions">All of the catalog when null.</param>
    /// <param name="severities">1 to 5 when null.</param>
    /// <param name="seed">Fixes what is random.</param>
    /// <param name="batchSize">Samples at once.</param>
    /// <param name="progress">Hears of each corruption and severity.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <exception cref="ArgumentException">The data are no images with bounds, or are empty.</exception>
    public static CorruptionEvaluation Of(
        IClassifier victim, Batch data, IReadOnlyList<Corruption>? corruptions = null, IReadOnlyList<int>? severities = null,
        int seed = 0, int batchSize = 256, IProgress<AttackStep>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var (low, range) = (victim.Input.Min, victim.Input.Max - victim.Input.Min);
        if (data.Inputs.dim() != 4 || !double.IsFinite(range) || data.Count == 0)
            throw new ArgumentException($"Expected images [N, C, H, W] with bounds to corrupt, got [{string.Join(", ", data.Inputs.shape)}] for a model of {victim.Input}.", nameof(data));
        corruptions ??= CorruptionCatalog.All;
        severities ??= [.. Enumerable.Range(1, Corruption.Severities)];

        var scores = new List<CorruptionScore>();
        foreach (var corruption in corruptions)
        {
            var stream = new Run { Seed = seed }.Fork(CorruptionCatalog.All.TakeWhile(c => c.Name != corruption.Name).Count());
            foreach (var severity in severities)
            {
                var right = Right((images, batch) =>
                {
                    using var generator = stream.Fork(severity).Fork(batch).Generator();
                    return low + (range * corruption.Apply((images - low) / range, severity, generator));
                });
                scores.Add(new CorruptionScore(corruption.Name, severity, right));
                progress?.Report(new AttackStep(scores.Count, corruptions.Count * severities.Count, 1 - right.Value));
            }
        }
        return new CorruptionEvaluation { Clean = Right((images, _) => images), Scores = scores };

        Proportion Right(Func<Tensor, long, Tensor> seen)
        {
            long right = 0;
            for (long start = 0; start < data.Count; start += batchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                using var noGrad = no_grad();
                var part = data.Slice(start, Math.Min(batchSize, data.Count - start));
                right += sum(victim.Predict(seen(part.Inputs, start / batchSize)).eq(part.Labels)).item<long>();
            }
            return new Proportion(right, data.Count);
        }
    }

    private Dictionary<string, double> ErrorsByCorruption() =>
        Scores.GroupBy(s => s.Corruption).ToDictionary(g => g.Key, g => g.Sum(s => 1 - s.Accuracy.Value));

    /// <summary>Equal when all numbers are equal.</summary>
    public bool Equals(CorruptionEvaluation? other) => other is not null && Clean.Equals(other.Clean) && Scores.SequenceEqual(other.Scores);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Clean, Scores.Count);
}
