using Adamant.Attacks.Evasion;
using Adamant.Training;

namespace Adamant.Auditing;

/// <summary>What runs at several ε together say of each sample: the smallest ε at which it is known to fall. Curves made of it cannot rise.</summary>
/// <param name="seen">What one run said of the originals.</param>
internal sealed class Trace(IReadOnlyList<SampleOutcome> seen)
{
    private readonly double[] falls = [.. seen.Select(s => s.IsCorrect ? double.PositiveInfinity : 0)];

    /// <summary>Adds a run.</summary>
    /// <param name="samples">At least as many as the trace has; more are not looked at.</param>
    /// <param name="epsilon">The ε of the run.</param>
    /// <param name="measured">Whether the moves are measured in the unit of ε; then one that stays below ε counts from there.</param>
    public void Add(IReadOnlyList<SampleOutcome> samples, double epsilon, bool measured)
    {
        for (var i = 0; i < falls.Length; i++)
        {
            if (samples[i] is { IsCorrect: true, IsRobust: false } fell)
                falls[i] = Math.Min(falls[i], measured ? Math.Clamp(fell.Perturbation, double.Epsilon, epsilon) : epsilon);     // above 0: at 0 it was right
        }
    }

    /// <summary>The samples that are right and not known to fall within ε.</summary>
    public Proportion At(double epsilon) => new(falls.LongCount(f => f > epsilon), falls.Length);

    /// <summary>The median of the smallest ε over the samples that the model gets right; null where half of them were never fooled, or there are none.</summary>
    public double? Median
    {
        get
        {
            double[] sorted = [.. falls.Zip(seen).Where(s => s.Second.IsCorrect).Select(s => s.First).Order()];
            if (sorted.Length == 0) return null;
            var middle = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
            return double.IsFinite(middle) ? middle : null;
        }
    }
}
