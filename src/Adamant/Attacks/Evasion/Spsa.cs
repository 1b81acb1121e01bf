using System.Globalization;
using System.Text;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Simultaneous perturbation stochastic approximation: the gradient of the margin from differences along random signs, and steps along it.
/// <code>ĝ = mean_b (m(x + δ u_b) − m(x − δ u_b)) / 2δ · u_b,   u_b ∈ {−1, +1}^d;   x ← Π(x + α · steepest(μ v + ĝ))</code>
/// </summary>
/// <remarks>
/// Needs scores, no gradients: it tells a robust model from one whose gradients are masked. Weak in high dimensions, where few directions say little, and
/// where scores are rounded: make δ larger than the rounding. Differs from the source in its step: steepest ascent with momentum instead of Adam.
/// Cost: <see cref="Samples"/> + 1 forward passes per step, at most <see cref="Queries"/> per sample.
/// Source: Uesato, O'Donoghue, van den Oord, Kohli, "Adversarial Risk and the Dangers of Evaluating Against Weak Attacks", ICML 2018,
/// arXiv:1802.05666, Algorithm 1.
/// </remarks>
public sealed record Spsa : IEvasion<IScoring>
{
    /// <summary>The most questions about one sample; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Queries { get; init => field = Option.AtLeast(value, 1); } = 5000;

    /// <summary>Questions for one estimate of a gradient, in pairs; at least 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 2.</exception>
    public int Samples { get; init => field = Option.AtLeast(value, 2); } = 128;

    /// <summary>δ, how far the questions are from the point, in the units of the inputs; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double Probe { get; init => field = Option.Positive(value); } = 0.01;

    /// <summary>α in the units of the inputs, above 0; null for 2.5 · ε over the number of steps that the budget allows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double? StepSize { get; init => field = Option.Positive(value); }

    /// <summary>μ, the share of the previous direction that is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public double Momentum { get; init => field = Option.UpTo(value); } = 0.9;

    /// <inheritdoc/>
    public Tensor Perturb(IScoring victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) =>
        new GradientEstimate((shape, generator) => (2 * randint(0, 2, shape, dtype: inputs.dtype, generator: generator)) - 1)
        {
            Queries = Queries,
            Samples = Samples,
            Probe = Probe,
            StepSize = StepSize,
            Momentum = Momentum,
        }.Climb(victim, inputs, labels, threat, run, cancellation);

    /// <summary>Says what an absent value means, so that reports can be repeated.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Queries = {Queries}, Samples = {Samples}, Probe = {Probe}, StepSize = {Option.Text(StepSize, "2.5 ε / steps")}, Momentum = {Momentum}");
        return true;
    }
}
