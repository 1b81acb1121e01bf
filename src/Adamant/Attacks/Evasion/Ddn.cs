using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Decoupled direction and norm: gradient steps on a sphere whose radius shrinks while the sample fools and grows while it does not.
/// <code>δ ← δ + α · g / ‖g‖₂,   ε ← (1 ± γ) · ε,   x′ = x + ε · δ / ‖δ‖₂,   α from 1 to 0.01 along a cosine</code>
/// </summary>
/// <remarks>
/// Few steps to a short move in L2. The gradient is that of the margin between the best wrong class and the truth instead of the paper's cross-entropy, which
/// vanishes where a model is certain. Blind where gradients are zero. Cost: one forward and one backward pass per step.
/// Source: Rony, Hafemann, Oliveira, Ben Ayed, Sabourin, Granger, "Decoupling Direction and Norm for Efficient Gradient-Based L2 Adversarial Attacks and
/// Defenses", CVPR 2019, arXiv:1811.09600, Algorithm 1.
/// </remarks>
public sealed record Ddn : IMinimumNorm<IDifferentiable>
{
    /// <summary>The number of steps; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Expected at least 1 step.");
    } = 100;

    /// <summary>The first radius, as a multiple of the width of the inputs' range (of 1 where there is no bound); above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double InitialRadius
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(nameof(InitialRadius), value, "Expected a finite radius above 0.");
    } = 1;

    /// <summary>γ, the share by which the radius changes in each step; above 0 and below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not between 0 and 1.</exception>
    public double Gamma
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(Gamma), value, "Expected a share above 0 and below 1.");
    } = 0.05;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The ball is not L2, with or without factors.</exception>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) => NearestSearch.Run(
        nameof(Ddn), ["L2"], victim, inputs, labels, threat, search => Look(search, victim, run, cancellation), cancellation);

    private void Look(NearestSearch search, IDifferentiable victim, Run run, CancellationToken cancellation)
    {
        var width = Annealing.Width(victim.Input);
        var (x, radii) = (search.Originals.clone(), full_like(search.Distances, InitialRadius * width));
        for (var k = 1; k <= Steps; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (logits, losses, gradient) = LossGradient.Of(victim, x, z => Losses.Margin(z, search.Labels, search.Threat.Target));
            run.Progress?.Report(new AttackStep(k, Steps, losses.mean().ToDouble()));
            var fooled = search.Offer(x, logits);
            gradient = search.Free(gradient, x);

            radii.mul_(where(fooled, full_like(radii, 1 - Gamma), full_like(radii, 1 + Gamma)));
            var delta = x - search.Originals + Annealing.Cosine(k, Steps, width, width / 100) * search.Unit.Steepest(gradient);
            var size = search.Unit.Measure(delta);
            var shrink = where(size.gt(0), radii / size, zeros_like(size));                 // no gradient, no move
            x.copy_(search.Place(delta * Annealing.PerSample(shrink, delta)));
        }
    }
}
