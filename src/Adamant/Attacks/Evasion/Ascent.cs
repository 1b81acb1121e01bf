using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// The climb of APGD: samples × aims side by side, each with a step size of its own that halves when the climb stalls; a sample leaves with its first success.
/// </summary>
/// <remarks>
/// Rows are ordered by aim, then by sample. In L1 the step goes to a share of the coordinates that follows the sparsity of the best point.
/// Source: Croce, Hein 2020, arXiv:2003.01690, Algorithm 1; L1: Croce, Hein 2021, arXiv:2103.01208, Algorithm 1.
/// </remarks>
internal sealed class Ascent : IDisposable
{
    private const double Momentum = 0.75, FirstCheck = 0.22, CheckDecrease = 0.03, LeastCheck = 0.06;
    private const double SparseCheck = 0.04, SparseShare = 0.2, SparseShrink = 1.5, SparseSlowest = 10, SparseSame = 0.95;
    private readonly IDifferentiable victim;
    private readonly AscentPlan plan;
    private readonly int steps;
    private readonly bool sparse, aimed;
    private readonly long lanes, features;
    private readonly RowState state;
    private readonly Threat whole;

    /// <summary>Puts every row at its start.</summary>
    /// <param name="victim">The white box.</param>
    /// <param name="plan">What is climbed.</param>
    /// <param name="steps">The steps of this climb.</param>
    /// <param name="threat">Of the samples.</param>
    /// <param name="inputs">The samples, <c>[N, …]</c>.</param>
    /// <param name="labels">Their classes, <c>[N]</c>.</param>
    /// <param name="aims">The classes to reach, <c>[aims, N]</c>; null for any wrong one.</param>
    /// <param name="start">A legal point for each row, <c>[aims · N, …]</c>.</param>
    /// <param name="fresh">The start is random; otherwise its sparsity says how to go on.</param>
    public Ascent(IDifferentiable victim, AscentPlan plan, int steps, Threat threat, Tensor inputs, Tensor labels, Tensor? aims, Tensor start, bool fresh)
    {
        using var scope = NewDisposeScope();
        (this.victim, this.plan, this.steps) = (victim, plan, steps);
        (sparse, aimed, lanes) = (threat.Ball is L1, aims is not null, aims?.shape[0] ?? 1);
        features = inputs.numel() / Math.Max(1, inputs.shape[0]);
        var rows = arange(inputs.shape[0], ScalarType.Int64).repeat(lanes);
        whole = threat;
        var (origin, count) = (inputs.index_select(0, rows), rows.shape[0]);
        var spread = fresh ? full(count, (double)features, dtype: ScalarType.Float32) : (start - origin).flatten(1).ne(0).sum(1).to_type(ScalarType.Float32);
        state = new RowState(
            origin, labels.index_select(0, rows), aims?.flatten() ?? zeros(count, ScalarType.Int64), start.clone(), start.clone(),
            empty_like(origin), empty_like(origin), empty_like(origin), empty(count), empty(count), empty(count),
            ones(count, ScalarType.Bool), zeros(count), full(count, Longest, dtype: ScalarType.Float32),
            fresh ? full(count, SparseShare, dtype: ScalarType.Float32) : spread / (features * SparseShrink), spread, zeros(count, ScalarType.Bool), rows);
    }

    private Tensor Origin => state[0];
    private Tensor Labels => state[1];
    private Tensor Aims => state[2];
    private Tensor X => state[3];
    private Tensor Old => state[4];
    private Tensor Gradient => state[5];
    private Tensor Best => state[6];
    private Tensor BestGradient => state[7];
    private Tensor BestLoss => state[8];
    private Tensor LastLoss => state[9];
    private Tensor CheckedLoss => state[10];
    private Tensor Shortened => state[11];
    private Tensor Rises => state[12];
    private Tensor StepSize => state[13];
    private Tensor Share => state[14];
    private Tensor Spread => state[15];
    private Tensor Won => state[16];
    private Tensor Rows => state[17];

    /// <summary>How many samples are left.</summary>
    private long Count => Rows.shape[0] / lanes;

    private double Longest => (sparse ? 1 : 2) * whole.Ball.Radius;

    /// <summary>Climbs.</summary>
    /// <param name="reached">
    /// Receives the first success of each sample, and the highest point of the others; null to climb on after a success, as in a ball that is too wide.
    /// </param>
    /// <param name="run">Progress and warnings.</param>
    /// <param name="cancellation">Obeyed before each look.</param>
    /// <returns>The highest point of each row that is left.</returns>
    public Tensor Climb(Tensor? reached, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        Look(cancellation);
        if (plan.IsDlr) WarnOfFlatness(run);
        foreach (var (to, from) in new[] { (Best, X), (BestGradient, Gradient), (BestLoss, LastLoss), (CheckedLoss, LastLoss) }) to.copy_(from);
        if (reached is not null) Leave(reached);
        var (checks, last) = (Checks(steps, sparse), 0);
        for (var k = 1; k <= steps && Count > 0; k++)
        {
            using var inner = NewDisposeScope();
            Move(first: k == 1);
            var before = LastLoss.clone();
            Look(cancellation);
            Remember(before);
            run.Progress?.Report(new AttackStep(k, steps, LastLoss.mean().ToDouble()));
            if (reached is not null) Leave(reached);
            if (Count == 0 || !checks.Contains(k)) continue;
            if (sparse) Respread();
            else Shorten(k - last);
            last = k;
        }
        if (reached is not null && Count > 0)
        {
            var rows = BestLoss.view(lanes, Count).argmax(0) * Count + arange(Count, ScalarType.Int64);
            reached.index_copy_(0, Rows.narrow(0, 0, Count), Best.index_select(0, rows));
        }
        return Best.clone().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => state.Dispose();

    /// <summary>The steps after which step sizes are checked: 22, 41, 57, 70, 80, 87, 93 and 99 of 100; in L1 every 4th.</summary>
    internal static IReadOnlySet<int> Checks(int steps, bool sparse)
    {
        var checks = new HashSet<int>();
        var interval = Math.Max((int)((sparse ? SparseCheck : FirstCheck) * steps), 1);
        for (var at = interval; at <= steps; at += interval)
        {
            checks.Add(at);
            if (!sparse) interval = Math.Max(interval - Math.Max((int)(CheckDecrease * steps), 1), Math.Max((int)(LeastCheck * steps), 1));
        }
        return checks;
    }

    /// <summary>Asks the victim where the rows stand: the loss, the gradient (a mean over repetitions), and who has won.</summary>
    private void Look(CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < plan.EotSteps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (logits, losses, gradient) = Portions.Climb(
                victim, X, (z, start, count) => plan.Loss(z, Labels.narrow(0, start, count), aimed ? Aims.narrow(0, start, count) : null));
            _ = i == 0 ? Gradient.copy_(gradient) : Gradient.add_(gradient);
            LastLoss.copy_(losses);
            Won.copy_(whole.Select(Rows).Stands(logits.argmax(1), Labels).logical_not());
        }
        if (plan.EotSteps > 1) Gradient.div_(plan.EotSteps);
    }

    /// <summary>One step of its own length for each row, with momentum except for the first.</summary>
    private void Move(bool first)
    {
        using var scope = NewDisposeScope();
        var threat = whole.Select(Rows);
        var size = StepSize.view(PerRow);
        var direction = sparse ? Sparsest() : threat.Ball.Steepest(Gradient);
        var next = threat.Place(direction.mul_(size).add_(X).sub_(Origin), Origin, victim.Input);
        if (!first && !sparse)
        {
            // x + μ (z − x) + (1 − μ) (x − x₋₁)
            next.mul_(Momentum).add_(X, 2 - (2 * Momentum)).add_(Old, Momentum - 1).sub_(Origin);
            next = threat.Place(next, Origin, victim.Input);
        }
        Old.copy_(X);
        X.copy_(next);
    }

    /// <summary>The signs of the largest coordinates of the gradient, divided by their number.</summary>
    private Tensor Sparsest()
    {
        using var scope = NewDisposeScope();
        var (flat, sizes) = (Gradient.flatten(1), Gradient.flatten(1).abs());
        var rank = ((1 - Share) * features).clamp(0, features - 1).to_type(ScalarType.Int64).unsqueeze(1);
        var signs = flat.sign() * sizes.ge(sizes.sort(1).Values.gather(1, rank));
        return (signs / signs.abs().sum(1, keepdim: true).clamp_min(1)).view(Gradient.shape).MoveToOuterDisposeScope();
    }

    /// <summary>Keeps the best point of each row, and counts the steps that went up.</summary>
    private void Remember(Tensor before)
    {
        using var scope = NewDisposeScope();
        Rises.add_(LastLoss.gt(before));
        var better = LastLoss.gt(BestLoss).nonzero().squeeze(1);
        foreach (var (to, from) in new[] { (Best, X), (BestGradient, Gradient), (BestLoss, LastLoss) }) to.index_copy_(0, better, from.index_select(0, better));
    }

    /// <summary>Samples with a success leave with the first of theirs, and all their rows.</summary>
    private void Leave(Tensor reached)
    {
        using var scope = NewDisposeScope();
        var won = Won.view(lanes, Count);
        var gone = won.any(0);
        var leaving = gone.nonzero().squeeze(1);
        if (leaving.shape[0] == 0) return;
        var lane = won.index_select(1, leaving).to_type(ScalarType.Int64).argmax(0);
        reached.index_copy_(0, Rows.index_select(0, leaving), X.index_select(0, (lane * Count) + leaving));
        state.Keep(gone.logical_not().repeat(lanes).nonzero().squeeze(1));
    }

    /// <summary>Halves the steps that oscillate or found nothing better since they were last left alone; those rows go back to their best point.</summary>
    private void Shorten(int interval)
    {
        using var scope = NewDisposeScope();
        var halve = Rises.le(plan.Rho * interval) | (Shortened.logical_not() & CheckedLoss.ge(BestLoss));
        Shortened.copy_(halve);
        CheckedLoss.copy_(BestLoss);
        Rises.zero_();
        GoBack(halve.nonzero().squeeze(1));
        StepSize.copy_(where(halve, StepSize / 2, StepSize));
    }

    /// <summary>L1: rows whose best point became sparser start again with long steps on fewer coordinates; the others shorten theirs.</summary>
    private void Respread()
    {
        using var scope = NewDisposeScope();
        var spread = (Best - Origin).flatten(1).ne(0).sum(1).to_type(ScalarType.Float32);
        var sparser = (spread / Spread).lt(SparseSame);
        StepSize.copy_(where(sparser, Longest, StepSize / SparseShrink).clamp(Longest / SparseSlowest, Longest));
        Share.copy_(spread / (features * SparseShrink));
        Spread.copy_(spread);
        GoBack(sparser.nonzero().squeeze(1));
    }

    private void GoBack(Tensor rows)
    {
        using var scope = NewDisposeScope();
        foreach (var (to, from) in new[] { (X, Best), (Gradient, BestGradient) }) to.index_copy_(0, rows, from.index_select(0, rows));
    }

    private void WarnOfFlatness(Run run)
    {
        using var scope = NewDisposeScope();
        var flat = sum(Gradient.flatten(1).ne(0).any(1).logical_not()).ToInt64();
        if (flat == 0) return;
        run.Warn?.Invoke(new AttackWarning(
            "zero-gradients",
            $"The gradient is exactly zero at {flat} of {Rows.shape[0]} starting points: gradient-based attacks are blind there. Add an attack without gradients or an adaptive one."));
    }

    private long[] PerRow => [Rows.shape[0], .. Enumerable.Repeat(1L, (int)Origin.dim() - 1)];
}
