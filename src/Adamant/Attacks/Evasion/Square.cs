using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Random search in squares: changes one square window of the move at a time, and keeps the change when the margin falls. Asks for scores only.
/// <code>x₀ = x ± ε in vertical stripes;   one query: a window of side √(p · h · w) gets ± ε per channel;   kept when z_y − max_{i≠y} z_i falls</code>
/// </summary>
/// <remarks>
/// p starts at <see cref="PInit"/> and halves after 10, 50, 200, 500, 1,000, 2,000, 4,000, 6,000 and 8,000 queries. In L2 and L1 a window gives its share of the move to another one, in a pattern of
/// two bumps of opposite sign. Needs no gradients: where it beats white-box attacks, gradients are masked. Blind where the scores are constant; weak against scores
/// that are random. Windows lie anywhere, as in the paper; its code leaves out the last row and column. Samples without height and width are rows of one pixel's height. Cost: at most <see cref="Queries"/> forward passes per standing sample.
/// Source: Andriushchenko, Croce, Flammarion, Hein, "Square Attack: a query-efficient black-box adversarial attack via random search", ECCV 2020,
/// arXiv:1912.00049, Algorithms 1–3; L1: Croce, Hein 2021, arXiv:2103.01208, appendix.
/// </remarks>
public sealed record Square : IEvasion<IScoring>
{
    private static readonly int[] Halvings = [10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000];

    /// <summary>The most questions about one sample, those about the sample itself and the stripes included; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Queries
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Queries), value, "Expected at least 1 query.");
    } = 5000;

    /// <summary>The share of the sample that the first windows cover; above 0, at most 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of 0..1.</exception>
    public double PInit
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(PInit), value, "Expected a share above 0 and at most 1.");
    } = 0.8;

    /// <summary>Stretches the halvings of p, made for 10,000 queries, to <see cref="Queries"/>.</summary>
    public bool RescaleSchedule { get; init; }

    /// <inheritdoc/>
    public Tensor Perturb(IScoring victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (moved, _, standing) = StandingSamples.Of(victim, inputs, labels, threat, cancellation);
        run.Ledger?.Charge(arange(inputs.shape[0], ScalarType.Int64));
        if (standing.shape[0] == 0 || Queries < 2) return moved.MoveToOuterDisposeScope();

        using var generator = run.Generator();
        var windows = new SquareWindows(inputs.shape, generator, run.Fork(1).Seed);
        var origins = inputs.index_select(0, standing);
        using var state = new RowState(
            standing, origins, labels.index_select(0, standing), origins.clone(), full(standing.shape[0], double.NegativeInfinity, dtype: ScalarType.Float32));
        for (var k = 1; k < Queries && state[0].shape[0] > 0; k++)
        {
            using var inner = NewDisposeScope();
            var goal = threat.Select(state[0]);
            var change = k == 1 ? windows.Start(state[1], goal.Ball) : windows.Change(state[3] - state[1], goal.Ball, Share(k - 2));
            var next = goal.Place(change, state[1], victim.Input);
            cancellation.ThrowIfCancellationRequested();
            var logits = Portions.Logits(victim, next);
            var (losses, won) = (Losses.Margin(logits, state[2], goal.Target), goal.Stands(logits.argmax(1), state[2]).logical_not_());
            var better = (losses.gt(state[4]) | won).nonzero().squeeze(1);
            state[3].index_copy_(0, better, next.index_select(0, better));
            state[4].index_copy_(0, better, losses.index_select(0, better));
            run.Progress?.Report(new AttackStep(k, Queries - 1, state[4].mean().ToDouble()));
            var gone = won.nonzero().squeeze(1);
            if (gone.shape[0] == 0) continue;

            run.Ledger?.Charge(state[0].index_select(0, gone), k);
            moved.index_copy_(0, state[0].index_select(0, gone), state[3].index_select(0, gone));
            state.Keep(won.logical_not().nonzero().squeeze(1));
        }
        run.Ledger?.Charge(state[0], Queries - 1);
        return moved.index_copy_(0, state[0], state[3]).MoveToOuterDisposeScope();
    }

    /// <summary>p after so many queries.</summary>
    internal double Share(int query)
    {
        var at = RescaleSchedule ? (int)((double)query / Queries * 10000) : query;
        return PInit / (1 << Halvings.Count(h => at > h));
    }
}
