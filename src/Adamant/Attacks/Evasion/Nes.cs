using System.Globalization;
using System.Text;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Natural evolution strategies: the gradient of the margin, smoothed by a normal distribution, from antithetic pairs, and steps along it.
/// <code>ĝ = mean_b (m(x + σ u_b) − m(x − σ u_b)) / 2σ · u_b,   u_b ∼ N(0, I);   x ← Π(x + α · steepest(μ v + ĝ))</code>
/// </summary>
/// <remarks>
/// Needs scores, no gradients. The same idea as <see cref="Spsa"/> with normal instead of binary directions and fewer of them per step; climbs the margin
/// where the source climbs the probability. Weak where scores are rounded: make σ larger than the rounding. Cost: <see cref="Samples"/> + 1 forward
/// passes per step, at most <see cref="Queries"/> per sample.
/// Source: Ilyas, Engstrom, Athalye, Lin, "Black-box Adversarial Attacks with Limited Queries and Information", ICML 2018, arXiv:1804.08598, Algorithm 1.
/// </remarks>
public sealed record Nes : IEvasion<IScoring>
{
    /// <summary>The most questions about one sample; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Queries { get; init => field = Option.AtLeast(value, 1); } = 5000;

    /// <summary>Questions for one estimate of a gradient, in pairs; at least 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 2.</exception>
    public int Samples { get; init => field = Option.AtLeast(value, 2); } = 50;

    /// <summary>σ, the deviation of the questions from the point, in the units of the inputs; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double Sigma { get; init => field = Option.Positive(value); } = 0.001;

    /// <summary>α in the units of the inputs, above 0; null for 2.5 · ε over the number of steps that the budget allows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double? StepSize { get; init => field = Option.Positive(value); }

    /// <summary>μ, the share of the previous direction that is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public double Momentum { get; init => field = Option.UpTo(value); } = 0.9;

    /// <inheritdoc/>
    public Tensor Perturb(IScoring victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) =>
        new GradientEstimate((shape, generator) => randn(shape, dtype: inputs.dtype, generator: generator))
        {
            Queries = Queries,
            Samples = Samples,
            Probe = Sigma,
            StepSize = StepSize,
            Momentum = Momentum,
        }.Climb(victim, inputs, labels, threat, run, cancellation);

    /// <summary>Says what an absent value means, so that reports can be repeated.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Queries = {Queries}, Samples = {Samples}, Sigma = {Sigma}, StepSize = {Option.Text(StepSize, "2.5 ε / steps")}, Momentum = {Momentum}");
        return true;
    }
}
