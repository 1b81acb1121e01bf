namespace Adamant.Explaining;

/// <summary>
/// Gradient times input: the gradient of a score at the input, times the input's distance from a baseline.
/// <code>aᵢ = (xᵢ − x′ᵢ) · ∂f(x) / ∂xᵢ</code>
/// </summary>
/// <remarks>
/// One gradient only. Weak: it sees the slope at the input and nothing on the way to it, so that a saturated score looks as if nothing mattered; the gap of the
/// <see cref="Attribution"/> shows how much it misses, and <see cref="IntegratedGradients"/> closes it.
/// Source: Shrikumar, Greenside, Shcherbina, Kundaje, "Not Just a Black Box: Learning Important Features Through Propagating Activation Differences",
/// arXiv:1605.01713, §2.
/// </remarks>
public static class GradientTimesInput
{
    private const double Tolerance = 0.01;                      // as IntegratedGradients has it

    /// <summary>Explains a score of one sample.</summary>
    /// <param name="score">Maps points <c>[N, …shape]</c> to one score each, <c>[N]</c>; differentiable, each score from its own point alone.</param>
    /// <param name="input">The sample without a batch, <c>Float32</c>; stays as it is.</param>
    /// <param name="baseline">Of the same shape; null for zeros.</param>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    public static Attribution Explain(Func<Tensor, Tensor> score, Tensor input, Tensor? baseline = null)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        var way = new StraightWay(score, input, baseline);
        return way.Attribute("gradient x input", way.Gradients([1]), steps: 1, Tolerance);
    }
}
