using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>One start of <see cref="Fab"/> for samples × aims side by side; rows are ordered by aim, then by sample.</summary>
internal sealed class FabSearch(Fab fab, IDifferentiable victim, Tensor inputs, Tensor labels, Tensor? aims, Threat threat)
{
    private const double Least = 1e-8;
    private readonly long lanes = aims?.shape[0] ?? 1;
    private readonly Ball ball = threat.Ball;

    /// <summary>Searches.</summary>
    /// <param name="random">For a random start; null to start at the samples.</param>
    /// <param name="run">Progress.</param>
    /// <param name="cancellation">Obeyed before each question.</param>
    /// <returns>The nearest adversarial sample found, and its distance: infinite, and the sample itself, where there is none.</returns>
    public (Tensor Found, Tensor Distance) Find(Generator? random, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var (found, distance) = (inputs.clone(), full(inputs.shape[0], double.PositiveInfinity, dtype: inputs.dtype));
        var rows = arange(inputs.shape[0], ScalarType.Int64).repeat(lanes);
        var origins = inputs.index_select(0, rows);
        using var state = new RowState(
            origins, labels.index_select(0, rows), aims?.flatten() ?? zeros_like(rows), random is null ? origins.clone() : Start(origins, random), rows,
            origins.clone(), full(rows.shape[0], double.PositiveInfinity, dtype: inputs.dtype));
        for (var k = 1; k <= fab.Steps && state[4].shape[0] > 0; k++)
        {
            using var inner = NewDisposeScope();
            var (origin, x) = (state[0], state[3]);
            var (gaps, slopes) = Boundary(state, cancellation);
            var own = ball.Select(state[4]);

            // The boundary: w · z = w · x − gap. Seen from the sample, it is as much farther as the model has gained on the way.
            var near = BoundaryProjection.Move(own, x, slopes, -gaps, victim.Input);
            var far = BoundaryProjection.Move(own, origin, slopes, (slopes * (x - origin)).flatten(1).sum(1) - gaps, victim.Input);
            var (a, b) = (own.Measure(near).clamp_min_(Least), own.Measure(far).clamp_min_(Least));
            var alpha = (a / (a + b)).clamp_max_(fab.AlphaMax).view(PerRow(x));
            near.mul_(fab.Eta).add_(x);
            far.mul_(fab.Eta).add_(origin).sub_(near).mul_(alpha);
            x.copy_(near.add_(far).clamp_(victim.Input.Min, victim.Input.Max));

            cancellation.ThrowIfCancellationRequested();
            var fooled = threat.Select(state[4]).Stands(Portions.Logits(victim, x).argmax(1), state[1]).logical_not_();
            run.Progress?.Report(new AttackStep(k, fab.Steps, gaps.mean().ToDouble()));
            Record(state, fooled.nonzero().squeeze(1));
            if (fab.StopInside) Leave(state, state[6].view(lanes, -1).amin([0]).le(ball.Radius), found, distance);
        }
        Leave(state, ones(state[4].shape[0] / lanes, ScalarType.Bool), found, distance);
        return (found.MoveToOuterDisposeScope(), distance.MoveToOuterDisposeScope());
    }

    /// <summary>How far the aim, or the class with the nearest boundary, is above the truth, and the gradient of that.</summary>
    private (Tensor Gaps, Tensor Slopes) Boundary(RowState state, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var (truths, goals, x) = (state[1].unsqueeze(1), state[2].unsqueeze(1), state[3]);
        if (aims is not null)
        {
            var (_, gaps, slopes) = Portions.Climb(victim, x, (z, start, count) => Gap(z, truths.narrow(0, start, count), goals.narrow(0, start, count)));
            return (gaps.MoveToOuterDisposeScope(), slopes.MoveToOuterDisposeScope());
        }

        using var grad = enable_grad();
        var at = x.detach().requires_grad_();
        var logits = victim.Logits(at);
        var (gap, slope, nearest) = (zeros(x.shape[0]), zeros_like(x), full(x.shape[0], double.PositiveInfinity, dtype: ScalarType.Float32));
        for (var c = 0L; c < logits.shape[1]; c++)
        {
            using var inner = NewDisposeScope();
            var own = Gap(logits, truths, full_like(truths, c));
            var gradient = autograd.grad([sum(own)], [at], retain_graph: true)[0].nan_to_num_(0);
            using var noGrad = no_grad();
            var size = (gradient * ball.Select(state[4]).Steepest(gradient)).flatten(1).sum(1);         // the dual norm
            var far = (own.abs() / size.clamp_min(1e-12)).masked_fill(truths.squeeze(1).eq(c), double.PositiveInfinity);
            var better = far.lt(nearest);
            gap.copy_(where(better, own, gap));
            slope.copy_(where(better.view(PerRow(x)), gradient, slope));
            nearest.copy_(minimum(nearest, far));
        }
        return (gap.MoveToOuterDisposeScope(), slope.MoveToOuterDisposeScope());
    }

    private static Tensor Gap(Tensor logits, Tensor truths, Tensor goals) => (logits.gather(1, goals) - logits.gather(1, truths)).squeeze(1);

    /// <summary>Keeps what is nearer than before, and takes the rows that fooled a step back towards the sample.</summary>
    private void Record(RowState state, Tensor fooled)
    {
        using var scope = NewDisposeScope();
        if (fooled.shape[0] == 0) return;
        var (origin, x) = (state[0].index_select(0, fooled), state[3].index_select(0, fooled));
        var move = x - origin;
        var length = ball.Select(state[4].index_select(0, fooled)).Measure(move);
        var nearer = length.lt(state[6].index_select(0, fooled)).nonzero().squeeze(1);
        var rows = fooled.index_select(0, nearer);
        state[5].index_copy_(0, rows, x.index_select(0, nearer));
        state[6].index_copy_(0, rows, length.index_select(0, nearer));
        state[3].index_copy_(0, fooled, move.mul_(fab.Beta).add_(origin));
    }

    /// <summary>Writes down the nearest of all rows of the samples that are done, and cuts these rows.</summary>
    private void Leave(RowState state, Tensor done, Tensor found, Tensor distance)
    {
        using var scope = NewDisposeScope();
        var (count, leaving) = (done.shape[0], done.nonzero().squeeze(1));
        if (leaving.shape[0] == 0) return;
        var rows = (state[6].view(lanes, count).index_select(1, leaving).argmin(0) * count) + leaving;
        var samples = state[4].index_select(0, leaving);
        found.index_copy_(0, samples, state[5].index_select(0, rows));
        distance.index_copy_(0, samples, state[6].index_select(0, rows));
        state.Keep(done.logical_not().repeat(lanes).nonzero().squeeze(1));
    }

    /// <summary>A random direction, half as long as the radius.</summary>
    private Tensor Start(Tensor origins, Generator random)
    {
        using var scope = NewDisposeScope();
        var own = ball.Select(arange(inputs.shape[0], ScalarType.Int64).repeat(lanes));
        var noise = own.Sample(origins, random);
        var size = (0.5 * ball.Radius / own.Measure(noise).clamp_min(1.2e-38)).view(PerRow(origins));
        return (origins + (noise * size).nan_to_num_(0)).clamp_(victim.Input.Min, victim.Input.Max).MoveToOuterDisposeScope();
    }

    private static long[] PerRow(Tensor like) => [like.shape[0], .. Enumerable.Repeat(1L, (int)like.dim() - 1)];
}
