using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Boundary attack: a random walk on the far side of a class's border that only keeps steps towards the sample.
/// <code>
/// w = x − x₀;   w ← ‖w‖ (w + σ ‖w‖ η⊥) / ‖w + σ ‖w‖ η⊥‖   (around the sample)
/// x ← x₀ + (1 − ρ) w   (towards it), kept where the victim is still fooled
/// </code>
/// </summary>
/// <remarks>
/// The first attack that needs nothing but labels; the simplest, and the slowest: <see cref="HopSkipJump"/> needs a fraction of the questions. Both step
/// lengths grow and shrink with the share of steps that fool. It walks in L2, whatever the ball, and keeps what is nearest in the ball's norm. Starting
/// points as there. Cost: at most <see cref="Queries"/> forward passes per sample.
/// Source: Brendel, Rauber, Bethge, "Decision-Based Adversarial Attacks", ICLR 2018, arXiv:1712.04248, Algorithm 1.
/// </remarks>
public sealed record Boundary : IMinimumNorm<IClassifier>
{
    private const int Halvings = 10, LookEvery = 10, SphericalWindow = 10, SourceWindow = 30;
    private const double Adaptation = 1.5, Converged = 1e-7;

    /// <summary>The most questions about one sample; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Queries { get; init => field = Option.AtLeast(value, 1); } = 5000;

    /// <summary>σ, the first step around the sample, as a share of the distance; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double SphericalStep { get; init => field = Option.Positive(value); } = 0.01;

    /// <summary>ρ, the first step towards the sample, as a share of the distance; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double SourceStep { get; init => field = Option.Positive(value); } = 0.01;

    /// <summary>Asks no more about a sample that has come inside the ball: counts questions to success instead of looking for the smallest distance.</summary>
    public bool StopInside { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The ball is in L0.</exception>
    public Tensor Perturb(IClassifier victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = run.Generator();
        var search = new LabelOnlySearch(victim, inputs, labels, threat, Queries, StopInside, run, cancellation);
        var around = new Stride(inputs.shape[0], SphericalStep, 0.2, 0.5, SphericalWindow);
        var towards = new Stride(inputs.shape[0], SourceStep, 0.1, 0.25, SourceWindow);

        var active = search.Continue(search.Start(generator), Halvings);
        if (active.shape[0] > 0) search.Bisect(active, search.Best.index_select(0, active), Halvings);
        for (var k = 1; ; k++)
        {
            active = search.Continue(active, 2);
            if (active.shape[0] > 0) active = active.masked_select(towards.Length.index_select(0, active).gt(Converged));
            if (active.shape[0] == 0) break;
            using var inner = NewDisposeScope();
            var (originals, reach) = (inputs.index_select(0, active), search.Reach.index_select(0, active));
            var offset = where(reach.gt(0), (search.Best.index_select(0, active) - originals) / reach, zeros_like(originals));
            var turned = Turned(offset, around.Of(active), generator, reach.gt(0));
            if (k % LookEvery == 0) towards.Scale(active, around.Count(active, search.Ask(active, originals + (turned * reach)).Fooled));
            var shorter = turned * (1 - PerSample(towards.Of(active).clamp_max(1), turned));
            towards.Count(active, search.Ask(active, originals + (shorter * reach)).Fooled);
            if (k == 1 || k % LookEvery == 0) search.Questions.Report(search.Distance.index_select(0, active).mean().ToDouble());
        }
        return search.Proposal().MoveToOuterDisposeScope();
    }

    /// <summary>A random turn of each offset around the sample, with its length kept.</summary>
    private static Tensor Turned(Tensor offset, Tensor share, Generator generator, Tensor free)
    {
        using var scope = NewDisposeScope();
        var (l2, eta) = (new L2(1), randn(offset.shape, dtype: offset.dtype, generator: generator) * free);
        var (length, towards) = (l2.Measure(offset), l2.Steepest(offset));
        eta = l2.Steepest(eta - (PerSample((eta * towards).flatten(1).sum(1), eta) * towards));
        return (PerSample(length, eta) * l2.Steepest(towards + (PerSample(share, eta) * eta))).MoveToOuterDisposeScope();
    }

    /// <summary>The length of a step per sample, which grows where steps succeed and shrinks where they fail.</summary>
    private sealed class Stride(long count, double first, double low, double high, int window)
    {
        private readonly Tensor hits = zeros(count), trials = zeros(count);

        public Tensor Length { get; } = full([count], first);

        public Tensor Of(Tensor rows) => Length.index_select(0, rows);

        /// <summary>Counts a step, and changes the length when the window is full.</summary>
        /// <returns>By how much, shape <c>[M]</c>.</returns>
        public Tensor Count(Tensor rows, Tensor fooled)
        {
            using var scope = NewDisposeScope();
            var (tried, won) = (trials.index_select(0, rows) + 1, hits.index_select(0, rows) + fooled);
            var (ready, rate, one) = (tried.ge(window), won / tried, ones_like(tried));
            var factor = where(ready & rate.gt(high), one * Adaptation, where(ready & rate.lt(low), one / Adaptation, one));
            trials.index_copy_(0, rows, tried.masked_fill(ready, 0));
            hits.index_copy_(0, rows, won.masked_fill(ready, 0));
            Scale(rows, factor);
            return factor.MoveToOuterDisposeScope();
        }

        public void Scale(Tensor rows, Tensor factor) => Length.index_copy_(0, rows, Length.index_select(0, rows) * factor);
    }

    private static Tensor PerSample(Tensor values, Tensor like) => values.reshape([-1, .. Enumerable.Repeat(1L, (int)like.dim() - 1)]);
}
