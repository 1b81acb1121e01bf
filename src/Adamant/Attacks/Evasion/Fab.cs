using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Fast adaptive boundary: steps to the linearized decision boundary, drawn towards the sample, for the nearest adversarial sample.
/// <code>xₖ₊₁ = clamp((1 − α) (xₖ + η d(xₖ)) + α (x + η d(x))),   d = the shortest move to the boundary of the linearized model at xₖ;   then x + β (xₖ₊₁ − x) where it fooled</code>
/// </summary>
/// <remarks>
/// α = min(‖d(xₖ)‖ / (‖d(xₖ)‖ + ‖d(x)‖), <see cref="AlphaMax"/>). With <see cref="Targeted"/> there is one boundary for each of the most probable wrong classes, side by
/// side in one batch; without, the nearest of all boundaries at each step, which takes a backward pass per class. It needs no step size, is blind where gradients are masked, and knows the norms
/// Linf, L2 and L1, with factors too. Cost: <see cref="Steps"/> forward-backward passes and as many forward passes, times <see cref="Targets"/>, per standing sample.
/// Source: Croce, Hein, "Minimally distorted Adversarial Examples with a Fast Adaptive Boundary Attack", ICML 2020, arXiv:1907.02044, Algorithm 1.
/// </remarks>
public sealed record Fab : IMinimumNorm<IDifferentiable>
{
    /// <summary>The number of steps of each start; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Expected at least 1 step.");
    } = 100;

    /// <summary>Towards each of the most probable wrong classes, instead of to the nearest boundary.</summary>
    public bool Targeted { get; init; } = true;

    /// <summary>How many wrong classes are tried when <see cref="Targeted"/>; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Targets
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Targets), value, "Expected at least 1 class.");
    } = 9;

    /// <summary>Starts: the first from the sample itself, the others, for samples that are not within the radius yet, from random points at half of it; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Restarts
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Restarts), value, "Expected at least 1 start.");
    } = 1;

    /// <summary>The largest α, from 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of 0..1.</exception>
    public double AlphaMax
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(AlphaMax), value, "Expected a share from 0 to 1.");
    } = 0.1;

    /// <summary>η, how far beyond the boundary: at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public double Eta
    {
        get;
        init => field = value is >= 1 and < double.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(nameof(Eta), value, "Expected a factor of at least 1.");
    } = 1.05;

    /// <summary>β, the share of the way that remains after a step back towards the sample; above 0 and below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of 0..1.</exception>
    public double Beta
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(Beta), value, "Expected a share between 0 and 1.");
    } = 0.9;

    /// <summary>A sample that fell within the radius is not brought nearer: all that robust accuracy asks. Otherwise the least distance is looked for.</summary>
    public bool StopInside { get; init; }

    /// <inheritdoc/>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        if (!BoundaryProjection.Knows(threat.Ball)) throw new ArgumentException($"FAB needs a ball of Linf, L2 or L1, with factors or without, got {threat.Ball.Norm}. Choose another attack.", nameof(threat));
        var (moved, logits, standing) = StandingSamples.Of(victim, inputs, labels, threat, cancellation);
        using var generator = run.Generator();
        for (var restart = 0; restart < Restarts && standing.shape[0] > 0; restart++)
        {
            var (own, truths) = (threat.Select(standing), labels.index_select(0, standing));
            var aims = Targeted || own.Target is not null ? StandingSamples.Aims(logits, truths, own.Target, Targets) : null;
            var search = new FabSearch(this, victim, inputs.index_select(0, standing), truths, aims, own);
            var (found, distance) = search.Find(restart == 0 ? null : generator, run, cancellation);

            // Farther than the radius: brought back onto the ball.
            var origins = inputs.index_select(0, standing);
            moved.index_copy_(0, standing, own.Place(found - origins, origins, victim.Input));
            var outside = distance.gt(threat.Ball.Radius).nonzero().squeeze(1);
            (standing, logits) = (standing.index_select(0, outside), logits.index_select(0, outside));
        }
        return moved.MoveToOuterDisposeScope();
    }
}
