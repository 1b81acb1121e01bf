using Adamant.Victims;

namespace Adamant.Certification;

/// <summary>Normal noise, cut at the range of the inputs.</summary>
/// <remarks>
/// A noisy input leaves the range that a victim accepts. Cutting it back is part of the base classifier, f ∘ clamp, which takes any input: what is proved of a
/// smoothed classifier holds for any base. So nothing has to be asked of the victim, and a victim without bounds sees the noise as it is.
/// </remarks>
internal static class Noise
{
    public static Tensor On(Tensor inputs, double sigma, InputSpec range, Generator generator)
    {
        using var scope = NewDisposeScope();
        return randn(inputs.shape, dtype: inputs.dtype, generator: generator).mul_(sigma).add_(inputs).clamp_(range.Min, range.Max).MoveToOuterDisposeScope();
    }

    public static double Checked(double sigma) => sigma is > 0 and < double.PositiveInfinity
        ? sigma
        : throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "Expected a finite σ above 0.");
}
