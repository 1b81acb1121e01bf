using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>
/// Suspects inputs with a feature outside of what clean samples show.
/// <code>s(x) = max_j max(lo_j − x_j, x_j − hi_j) / (hi_j − lo_j),   lo, hi the extremes of feature j among clean samples</code>
/// </summary>
/// <remarks>
/// For tables and sensors: nonsense is stopped, an attacker who stays within usual values is not. What is no finite number, of another type or outside of the
/// victim's declared range is refused before, by the victim itself. Rows against a table's schema are another check. Cost: two comparisons per feature.
/// </remarks>
public sealed record RangeCheck : IDetector
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No sample.</exception>
    public FittedDetector Fit(IDifferentiable victim, Batch clean)
    {
        if (clean.Count == 0) throw new ArgumentException("Expected at least one clean sample, got none.", nameof(clean));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (low, high) = (clean.Inputs.amin([0L]), clean.Inputs.amax([0L]));
        var width = (high - low).clamp_min(1e-6);               // a feature that never changes suspects every change
        return new FittedDetector(inputs => (maximum(low - inputs, inputs - high) / width).flatten(1).amax([1L]), low, high, width);
    }

    /// <summary>It has no parameters.</summary>
    public override string ToString() => nameof(RangeCheck);
}
