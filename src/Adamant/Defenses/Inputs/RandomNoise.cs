using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>
/// Adds Gaussian noise, new for each sample and call.
/// <code>g(x) = clamp(x + σ · n), n ∼ N(0, I), σ as a share of the range</code>
/// </summary>
/// <remarks>
/// An attacker averages over it (<c>Eot</c>), and it costs the accuracy that noise costs; it is not a certificate, which needs the vote of many draws
/// (randomized smoothing). Cost: none to speak of.
/// Source: broken in Athalye, Carlini, Wagner, "Obfuscated Gradients Give a False Sense of Security", ICML 2018, arXiv:1802.00420, §4.2 (stochastic gradients).
/// </remarks>
public sealed record RandomNoise : ISanitizer
{
    /// <summary>σ as a share of the range of the inputs, at least 0; 0.1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public double Sigma
    {
        get;
        init => field = value is >= 0 and < double.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(nameof(Sigma), value, "Expected a finite σ of at least 0.");
    } = 0.1;

    bool ISanitizer.IsRandom => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The range of the inputs is not finite.</exception>
    public Tensor Sanitize(Tensor inputs, InputSpec input, Generator random)
    {
        var sigma = Sigma * Needs.Range(input, nameof(RandomNoise)).Width;
        using var scope = NewDisposeScope();
        return (inputs + (sigma * randn(inputs.shape, dtype: inputs.dtype, generator: random))).clamp(input.Min, input.Max).MoveToOuterDisposeScope();
    }
}
