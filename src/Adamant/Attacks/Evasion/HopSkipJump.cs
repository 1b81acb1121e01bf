using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// HopSkipJump: walks along the border of a class towards the sample, with the border's normal estimated from labels alone.
/// <code>
/// ĝ = mean_b (φ(x + δ u_b) − φ̄) u_b,   φ = +1 where the victim is fooled, −1 elsewhere
/// x ← bisect(x₀, x + ‖x − x₀‖ / √t · steepest(ĝ)),   the step halved until it fools
/// </code>
/// </summary>
/// <remarks>
/// Needs no scores and no gradients: it works on a served endpoint that says nothing but classes. It finds small perturbations, not large losses: its
/// samples lie just beyond the border. Starts from the nearest sample of the batch that the victim takes for another class (for the target, with one),
/// or from uniform noise; a sample without a starting point is not attacked. Takes the norm from the ball: Linf, L2 or L1. Weak where labels are random.
/// Cost: at most <see cref="Queries"/> forward passes per sample.
/// Source: Chen, Jordan, Wainwright, "HopSkipJumpAttack: A Query-Efficient Decision-Based Attack", IEEE S&amp;P 2020, arXiv:1904.02144, Algorithm 2.
/// </remarks>
public sealed record HopSkipJump : IMinimumNorm<IClassifier>
{
    private const int LastHalving = 10, FewestProbes = 10, MostBisections = 25;

    /// <summary>The most questions about one sample; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Queries { get; init => field = Option.AtLeast(value, 1); } = 5000;

    /// <summary>B₀, the questions for the first estimate of a normal; B₀ √t for the t-th.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 10.</exception>
    public int Probes { get; init => field = Option.AtLeast(value, FewestProbes); } = 100;

    /// <summary>The most questions for one estimate; at least 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 10.</exception>
    public int MostProbes { get; init => field = Option.AtLeast(value, FewestProbes); } = 10000;

    /// <summary>γ, scales how exactly the border is found and how far probes go; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double Gamma { get; init => field = Option.Positive(value); } = 1;

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
        var dimensions = Math.Max(1, search.Reach.ne(0).flatten(1).sum(1).max().ToDouble());            // those that may move
        var precision = Gamma / (threat.Ball.IsBox ? dimensions * dimensions : dimensions * Math.Sqrt(dimensions));
        var halvings = Math.Clamp((int)Math.Ceiling(-Math.Log2(precision)), 1, MostBisections);

        var active = search.Continue(search.Start(generator), halvings);
        if (active.shape[0] > 0) search.Bisect(active, search.Best.index_select(0, active), halvings);
        for (var t = 1; ; t++)
        {
            active = search.Continue(active, FewestProbes + LastHalving + halvings);
            if (active.shape[0] == 0) break;
            using var inner = NewDisposeScope();
            var points = search.Best.index_select(0, active);
            var distance = search.Distance.index_select(0, active);
            var range = victim.Input.Max - victim.Input.Min;
            var reach = t == 1 && double.IsFinite(range) ? full_like(distance, 0.1 * range) : distance * (Gamma / dimensions);
            var probes = Math.Min((int)Math.Min(Probes * Math.Sqrt(t), MostProbes), search.Questions.Fewest(active) - LastHalving - halvings);

            var normal = Normal(victim, search, active, points, reach, probes, generator, threat.Ball.IsBox);
            Step(search, active, points, normal, distance / Math.Sqrt(t), halvings);
            search.Questions.Report(distance.mean().ToDouble());
        }
        return search.Proposal().MoveToOuterDisposeScope();
    }

    /// <summary>Moves along the normal, the step halved until it fools, and back to the border.</summary>
    private static void Step(LabelOnlySearch search, Tensor active, Tensor points, Tensor normal, Tensor length, int halvings)
    {
        using var scope = NewDisposeScope();
        var pending = arange(active.shape[0], ScalarType.Int64);
        for (var i = 0; i < LastHalving && pending.shape[0] > 0; i++)
        {
            var rows = active.index_select(0, pending);
            var step = normal.index_select(0, pending) * PerSample(length.index_select(0, pending), normal);
            var (landed, fooled) = search.Ask(rows, points.index_select(0, pending) + step);
            var hit = fooled.nonzero().squeeze(1);
            if (hit.shape[0] > 0) search.Bisect(rows.index_select(0, hit), landed.index_select(0, hit), halvings);
            pending = pending.masked_select(fooled.logical_not());
            length = length / 2;
        }
    }

    /// <summary>The steepest direction of unit norm away from the class, in units of the ball.</summary>
    private static Tensor Normal(
        IClassifier victim, LabelOnlySearch search, Tensor active, Tensor points, Tensor reach, int probes, Generator generator, bool isBox)
    {
        using var scope = NewDisposeScope();
        var units = search.Reach.index_select(0, active).unsqueeze(1);
        var free = units.gt(0);
        var size = reach.reshape([-1, 1, .. Enumerable.Repeat(1L, (int)points.dim() - 1)]) * units;
        var center = points.unsqueeze(1);
        var (weighted, plain) = (zeros_like(points), zeros_like(points));
        var verdicts = zeros_like(reach);
        for (int done = 0, count; done < probes; done += count)
        {
            using var inner = NewDisposeScope();
            count = (int)Math.Clamp(Questions.AtOnce / active.shape[0], 1, probes - done);
            long[] shape = [active.shape[0], count, .. points.shape[1..]];
            var u = (isBox ? (2 * rand(shape, dtype: points.dtype, generator: generator)) - 1 : randn(shape, dtype: points.dtype, generator: generator)) * free;
            u = u / u.flatten(2).norm(2, false, 2f).clamp_min(1e-30).reshape([active.shape[0], count, .. Enumerable.Repeat(1L, (int)points.dim() - 1)]);
            var probe = (center + (size * u)).clamp(victim.Input.Min, victim.Input.Max);
            u = where(free, (probe - center) / size, zeros_like(u));                        // what is left of it inside the range
            var fooled = search.Questions.Fooled(victim, active.repeat_interleave(count), probe.flatten(0, 1)).reshape(-1, count);
            var verdict = (2 * fooled.to_type(points.dtype)) - 1;
            weighted.add_((u * verdict.reshape([-1, count, .. Enumerable.Repeat(1L, (int)points.dim() - 1)])).sum(1));
            plain.add_(u.sum(1));
            verdicts.add_(verdict.sum(1));
        }
        var mean = verdicts / probes;
        var baseline = where(mean.abs().lt(1), mean, zeros_like(mean));                     // all of one kind: the mean of the probes, or against it
        var gradient = weighted - (PerSample(baseline, plain) * plain);
        return (units.squeeze(1) * (isBox ? gradient.sign() : new L2(1).Steepest(gradient))).MoveToOuterDisposeScope();
    }

    private static Tensor PerSample(Tensor values, Tensor like) => values.reshape([-1, .. Enumerable.Repeat(1L, (int)like.dim() - 1)]);
}
