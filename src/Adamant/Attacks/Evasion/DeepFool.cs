using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Walks to the nearest border of a linearized classifier, linearizes again, and so on until the class changes.
/// <code>k = argmin (z_y − z_k) / ‖wₖ‖*,   r ← r + (z_y − z_k) / ‖wₖ‖* · steepest(wₖ),   x′ = x + (1 + overshoot) · r,   wₖ = ∇ₓ (z_k − z_y)</code>
/// </summary>
/// <remarks>
/// Fast, and near the nearest adversarial sample but not at it: <see cref="CarliniWagner"/> and <see cref="Fmn"/> find nearer ones. ‖·‖* is the dual of the ball's
/// norm. Two things differ from the paper so that no sample stalls at the bounds of the range: coordinates that are at a bound and would leave are left out of
/// wₖ, and each step aims a thousandth of the first gap past the border. With a target there is one border, that of the target's region. Blind where
/// gradients are zero: it then warns. Cost: per step one forward pass, and one backward pass per candidate; a meter counts them as one gradient.
/// Source: Moosavi-Dezfooli, Fawzi, Frossard, "DeepFool: A Simple and Accurate Method to Fool Deep Neural Networks", CVPR 2016, arXiv:1511.04599, Algorithm 2
/// and §3.3.
/// </remarks>
public sealed record DeepFool : IMinimumNorm<IDifferentiable>
{
    private const double Past = 0.001;                          // of the first gap
    private const int Halvings = 8;

    /// <summary>The most steps; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Expected at least 1 step.");
    } = 50;

    /// <summary>The share of the way that is gone on top, to be past the border; at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, or not finite.</exception>
    public double Overshoot
    {
        get;
        init => field = value is >= 0 and < double.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(nameof(Overshoot), value, "Expected an overshoot of at least 0.");
    } = 0.02;

    /// <summary>Among how many classes the nearest border is looked for, the own one included: those with the highest scores at the start; at least 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 2.</exception>
    public int Candidates
    {
        get;
        init => field = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(Candidates), value, "Expected at least 2 candidates.");
    } = 10;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The ball is none of L2, Linf and L1, with or without factors.</exception>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) => NearestSearch.Run(
        nameof(DeepFool), ["L2", "Linf", "L1"], victim, inputs, labels, threat, search => Look(search, victim, run, cancellation), cancellation);

    private void Look(NearestSearch search, IDifferentiable victim, Run run, CancellationToken cancellation)
    {
        var rows = arange(search.Labels.shape[0], ScalarType.Int64);
        var (x, way) = (search.Originals.clone(), zeros_like(search.Originals));
        Tensor? candidates = null, past = null;
        for (var k = 1; k <= Steps + 1; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (labels, targets) = (search.Labels.index_select(0, rows), search.Threat.Select(rows).Target);
            var here = x.index_select(0, rows);
            var (logits, gaps, jacobian) = Jacobian.Of(victim, here, z =>
            {
                if (targets is not null) return -Losses.Margin(z, labels, targets).unsqueeze(1);
                candidates ??= Chosen(z, labels).DetachFromDisposeScope();
                return z.gather(1, labels.unsqueeze(1)) - z.gather(1, candidates.index_select(0, rows));
            });
            past ??= (gaps.amin([1]) * Past).clamp_min(0).DetachFromDisposeScope();
            run.Progress?.Report(new AttackStep(k, Steps + 1, -gaps.amin([1]).mean().ToDouble()));

            var stands = search.Offer(here, logits, rows).logical_not();
            var (distance, direction) = Nearest(search, rows, here, gaps + past.index_select(0, rows).unsqueeze(1), -jacobian);
            var lost = stands & distance.isfinite().logical_not();
            if (k == 1 && lost.any().item<bool>())
                run.Warn?.Invoke(new AttackWarning("zero-gradients", "Some samples have no gradient to follow: run an attack that needs none, such as Square."));
            var going = (stands & distance.isfinite()).nonzero().flatten();
            if (going.shape[0] == 0 || k > Steps) break;

            rows = rows.index_select(0, going);
            way.index_add_(0, rows, direction.index_select(0, going), 1);
            x.index_copy_(0, rows, search.Place(way.index_select(0, rows) * (1 + Overshoot), rows));
            rows.MoveToOuterDisposeScope();
        }
        candidates?.Dispose();
        past?.Dispose();
        Return(search, victim, cancellation);
    }

    /// <summary>Halves the way back to the original, again and again, as long as the victim is fooled.</summary>
    private static void Return(NearestSearch search, IDifferentiable victim, CancellationToken cancellation)
    {
        var rows = search.Distances.isfinite().nonzero().flatten();
        if (rows.shape[0] == 0) return;
        var delta = search.Found.index_select(0, rows) - search.Originals.index_select(0, rows);
        var (low, high) = (zeros_like(rows, delta.dtype), ones_like(rows, delta.dtype));
        for (var k = 0; k < Halvings; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var middle = (low + high) / 2;
            var here = search.Place(delta * Annealing.PerSample(middle, delta), rows);
            var fooled = search.Offer(here, victim.Logits(here), rows);
            low.copy_(where(fooled, low, middle));
            high.copy_(where(fooled, middle, high));
        }
    }

    /// <summary>The other classes with the highest scores, shape <c>[n, K]</c>.</summary>
    private Tensor Chosen(Tensor logits, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var others = logits.detach().masked_fill(arange(logits.shape[1]).eq(labels.unsqueeze(1)), double.NegativeInfinity);
        return others.topk((int)Math.Min(Candidates, logits.shape[1]) - 1, 1).indexes.MoveToOuterDisposeScope();
    }

    /// <summary>The way to the nearest border of the linearized model: how far (infinite where no class can be reached), and the move.</summary>
    private static (Tensor Distance, Tensor Direction) Nearest(NearestSearch search, Tensor rows, Tensor x, Tensor gaps, Tensor towards)
    {
        using var scope = NewDisposeScope();
        var (n, k) = (towards.shape[0], towards.shape[1]);
        var free = search.Free(towards, x.unsqueeze(1)).flatten(0, 1);
        var direction = search.Unit.Select(rows.repeat_interleave(k)).Steepest(free);
        var slope = (free * direction).flatten(1).sum(1).reshape(n, k);
        var distances = where(slope.gt(0), gaps / slope, full_like(gaps, double.PositiveInfinity));
        var (distance, best) = distances.min(1);
        var move = direction.index_select(0, arange(n, ScalarType.Int64) * k + best) * distance.reshape([n, .. Enumerable.Repeat(1L, (int)x.dim() - 1)]);
        return (distance.MoveToOuterDisposeScope(), move.MoveToOuterDisposeScope());
    }
}
