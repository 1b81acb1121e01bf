using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>
/// Suspects inputs whose answer changes when they are squeezed.
/// <code>s(x) = maxⱼ ‖softmax f(x) − softmax f(gⱼ(x))‖₁</code>
/// </summary>
/// <remarks>
/// Needs no training but the threshold. An attacker who knows it looks for inputs on which all squeezed versions agree on a wrong class; larger ε finds them easily.
/// Cost: one forward pass per squeezer, and one more.
/// Source: Xu, Evans, Qi, "Feature Squeezing: Detecting Adversarial Examples in Deep Neural Networks", NDSS 2018, arXiv:1704.01155, §5; broken in He, Wei, Chen,
/// Carlini, Song, "Adversarial Example Defenses: Ensembles of Weak Defenses are not Strong", WOOT 2017, arXiv:1706.04701.
/// </remarks>
public sealed record FeatureSqueezing : IDetector
{
    /// <summary>b, the bits of the first squeezer, see <see cref="BitDepth"/>; 0 for none, 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of 0 to 16.</exception>
    public int Bits
    {
        get;
        init => field = value is >= 0 and <= 16 ? value : throw new ArgumentOutOfRangeException(nameof(Bits), value, "Expected 0 to 16 bits.");
    } = 3;

    /// <summary>The size of the second squeezer, see <see cref="Inputs.Median"/>: odd; 0 for none, 3 by default. For images.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Neither 0 nor odd from 3 to 15.</exception>
    public int Median
    {
        get;
        init => field = value == 0 ? 0 : new Median { Size = value }.Size;
    } = 3;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No squeezer is left.</exception>
    public FittedDetector Fit(IDifferentiable victim, Batch clean)
    {
        ISanitizer[] squeezers = [.. Bits > 0 ? [new BitDepth { Bits = Bits }] : Array.Empty<ISanitizer>(), .. Median > 0 ? [new Median { Size = Median }] : Array.Empty<ISanitizer>()];
        if (squeezers.Length == 0) throw new ArgumentException("Expected at least one squeezer, got bits 0 and median 0.");
        return new FittedDetector(inputs =>
        {
            var answers = victim.Logits(inputs).softmax(1);
            return stack(squeezers.Select(squeezer => (answers - Squeezed(victim, squeezer, inputs).softmax(1)).abs().sum(dim: 1))).amax([0]);
        });
    }

    private static Tensor Squeezed(IDifferentiable victim, ISanitizer squeezer, Tensor inputs)
    {
        using var unused = new Generator(0, CPU);               // none of them is random
        return victim.Logits(inputs.requires_grad ? squeezer.StraightThrough(inputs, victim.Input, unused) : squeezer.Sanitize(inputs, victim.Input, unused));
    }
}
