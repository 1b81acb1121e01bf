using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Fast minimum norm: gradient steps in a ball whose radius follows the border, in any of four norms.
/// <code>ε ← (1 + γ) · (‖δ‖ₚ + |margin| / ‖g‖*)  until fooled,  then (1 ± γ) · ε;   δ ← Π_ε(δ + α · g / ‖g‖₂),   α and γ fall along a cosine</code>
/// </summary>
/// <remarks>
/// One attack for L0, L1, L2 and Linf. Can end in a local optimum: compare with <see cref="CarliniWagner"/> in L2 and <see cref="Ead"/> in L1. Blind where
/// gradients are zero. In L0 the radius is a whole number that changes by at least 1. Cost: one forward and one backward pass per step; L1 sorts the coordinates.
/// Source: Pintor, Roli, Brendel, Biggio, "Fast Minimum-norm Adversarial Attacks through Adaptive Norm Constraints", NeurIPS 2021, arXiv:2102.12827, Algorithm 1.
/// </remarks>
public sealed record Fmn : IMinimumNorm<IDifferentiable>
{
    /// <summary>The number of steps; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Expected at least 1 step.");
    } = 100;

    /// <summary>α, the first step in L2, as a multiple of the width of the inputs' range (of 1 where there is no bound); above 0. The last is a hundredth of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double StepSize
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(nameof(StepSize), value, "Expected a finite step above 0.");
    } = 1;

    /// <summary>γ, the share by which the radius changes in the first step, above 0 and below 1. In the last it is a hundredth of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not between 0 and 1.</exception>
    public double Gamma
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(Gamma), value, "Expected a share above 0 and below 1.");
    } = 0.05;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The ball is none of L0, L1, L2 and Linf, with or without factors.</exception>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) => NearestSearch.Run(
        nameof(Fmn), ["L0", "L1", "L2", "Linf"], victim, inputs, labels, threat, search => Look(search, victim, run, cancellation), cancellation);

    private void Look(NearestSearch search, IDifferentiable victim, Run run, CancellationToken cancellation)
    {
        var width = Annealing.Width(victim.Input);
        var counts = NearestSearch.Core(search.Unit) is L0;
        var reach = search.Unit.Reach(search.Originals);
        var euclidean = new Scaled(new L2(1), reach);
        var (x, radii) = (search.Originals.clone(), full_like(search.Distances, counts ? 1 : double.PositiveInfinity));
        for (var k = 1; k <= Steps; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (logits, losses, gradient) = LossGradient.Of(victim, x, z => Losses.Margin(z, search.Labels, search.Threat.Target));
            run.Progress?.Report(new AttackStep(k, Steps, losses.mean().ToDouble()));
            var fooled = search.Offer(x, logits);
            gradient = search.Free(gradient, x);
            var gamma = Annealing.Cosine(k, Steps, Gamma, Gamma / 100);

            radii.copy_(counts ? Counted(radii, fooled, search.Distances, gamma) : Followed(search, radii, fooled, x, losses, gradient, gamma));
            var delta = x - search.Originals + Annealing.Cosine(k, Steps, StepSize * width, StepSize * width / 100) * euclidean.Steepest(gradient);
            x.copy_(search.Place(counts ? Largest(delta, reach, radii) : Within(search.Unit, delta, radii)));
        }
    }

    private static Tensor Followed(NearestSearch search, Tensor radii, Tensor fooled, Tensor x, Tensor losses, Tensor gradient, double gamma)
    {
        var slope = (gradient * search.Unit.Steepest(gradient)).flatten(1).sum(1);
        var border = search.Unit.Measure(x - search.Originals) + where(slope.gt(0), losses.abs() / slope, zeros_like(slope));
        var outwards = where(search.Distances.isfinite(), radii, border) * (1 + gamma);           // at the border itself nothing is won yet
        return where(fooled, minimum(radii * (1 - gamma), search.Distances), outwards);
    }

    private static Tensor Counted(Tensor radii, Tensor fooled, Tensor nearest, double gamma)
    {
        var fewer = minimum(minimum(radii - 1, (radii * (1 - gamma)).floor()), nearest).clamp_min(1);
        return where(fooled, fewer, maximum(radii + 1, (radii * (1 + gamma)).floor()));
    }

    /// <summary>Norms grow in proportion: the nearest within ε is ε times the nearest within 1.</summary>
    private static Tensor Within(Ball unit, Tensor delta, Tensor radii)
    {
        var size = Annealing.PerSample(radii.clamp_min(Annealing.Tiny), delta);
        return where(size.isfinite(), unit.Project(delta / size) * size, delta);
    }

    /// <summary>Keeps so many of the largest moves of each sample.</summary>
    private static Tensor Largest(Tensor delta, Tensor reach, Tensor counts)
    {
        var sizes = where(reach.gt(0), delta.abs() / reach, zeros_like(delta)).flatten(1);
        var ranks = sizes.argsort(1, descending: true).argsort(1);
        return where(ranks.lt(counts.unsqueeze(1)).reshape(delta.shape), delta, zeros_like(delta));
    }
}
