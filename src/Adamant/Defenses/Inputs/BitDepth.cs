using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>
/// Keeps only a few bits of each number.
/// <code>g(x) = round(x · (2ᵇ − 1)) / (2ᵇ − 1), x as a share of the range</code>
/// </summary>
/// <remarks>
/// Its gradient is zero nearly everywhere, which stops an attacker by gradients who does not look: replaced by the identity (<c>Bpda</c>), it stops nobody
/// who may move further than half a step of the grid. Cost: none to speak of.
/// Source: Xu, Evans, Qi, "Feature Squeezing: Detecting Adversarial Examples in Deep Neural Networks", NDSS 2018, arXiv:1704.01155, §4.1.
/// </remarks>
public sealed record BitDepth : ISanitizer
{
    /// <summary>b, the bits that are left of each number, from 1 to 16; 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of 1 to 16.</exception>
    public int Bits
    {
        get;
        init => field = value is >= 1 and <= 16 ? value : throw new ArgumentOutOfRangeException(nameof(Bits), value, "Expected 1 to 16 bits.");
    } = 3;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The range of the inputs is not finite.</exception>
    public Tensor Sanitize(Tensor inputs, InputSpec input, Generator random)
    {
        var (low, width) = Needs.Range(input, nameof(BitDepth));
        using var scope = NewDisposeScope();
        var levels = (1 << Bits) - 1;
        return (((inputs - low) * (levels / width)).round() * (width / levels) + low).clamp(input.Min, input.Max).MoveToOuterDisposeScope();
    }
}
