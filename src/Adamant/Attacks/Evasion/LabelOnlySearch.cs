using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// What attacks on labels share: a starting point that the victim already takes for something else, the way from it to the sample, and the nearest
/// input so far that fools the victim.
/// </summary>
internal sealed class LabelOnlySearch
{
    private const double Anywhere = 1e12;                       // a radius that binds nothing but what can never move
    private const int NoiseTries = 50;
    private readonly IClassifier victim;
    private readonly Tensor inputs, labels;
    private readonly Threat threat, wide;
    private readonly bool stopInside;

    public LabelOnlySearch(IClassifier victim, Tensor inputs, Tensor labels, Threat threat, int queries, bool stopInside, Run run, CancellationToken cancellation)
    {
        if (threat.Ball is L0 or Scaled { Inner: L0 })
            throw new ArgumentException($"Expected a ball in Linf, L2 or L1 for an attack that walks along the border of a class, got {threat.Ball}.", nameof(threat));
        (this.victim, this.inputs, this.labels, this.threat, this.stopInside) = (victim, inputs, labels, threat, stopInside);
        wide = threat with { Ball = threat.Ball with { Radius = Anywhere } };
        Questions = new Questions(labels, threat, queries, run, cancellation);
        Best = inputs.detach().clone();
        Distance = full([inputs.shape[0]], double.PositiveInfinity, inputs.dtype);
        Reach = threat.Ball.Reach(inputs).expand_as(inputs);
    }

    /// <summary>Counts, and knows the budget.</summary>
    public Questions Questions { get; }

    /// <summary>Per sample the nearest input that fooled the victim; the sample itself where there is none. Shape <c>[N, …]</c>.</summary>
    public Tensor Best { get; }

    /// <summary>How far <see cref="Best"/> is, in the norm of the ball; infinite where there is none. Shape <c>[N]</c>.</summary>
    public Tensor Distance { get; }

    /// <summary>How far each coordinate moves per unit of the norm; 0 where it cannot. Shape <c>[N, …]</c>.</summary>
    public Tensor Reach { get; }

    /// <summary>Brought back onto the ball, where it is farther.</summary>
    public Tensor Proposal()
    {
        using var scope = NewDisposeScope();
        return threat.Place(where(Distance.isfinite().reshape(PerSample(inputs)), Best - inputs, zeros_like(inputs)), inputs, victim.Input).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Finds a starting point for each sample that still stands: the nearest other sample that the victim takes for what is wanted, or else uniform noise.
    /// </summary>
    /// <returns>The numbers of the samples that have one.</returns>
    public Tensor Start(Generator generator)
    {
        using var scope = NewDisposeScope();
        var all = arange(inputs.shape[0], ScalarType.Int64);
        var predicted = Questions.Predict(victim, all, inputs);
        var stands = threat.Stands(predicted, labels);
        Distance.masked_fill_(stands.logical_not(), 0);
        var standing = all.masked_select(stands);
        Questions.Report(0);

        var (near, exists) = Nearest(predicted);
        var rows = Questions.Affordable(standing.masked_select(exists.index_select(0, standing)));
        if (rows.shape[0] > 0) Ask(rows, inputs.index_select(0, near.index_select(0, rows)));
        var (low, high) = Range();
        for (var i = 0; i < NoiseTries; i++)
        {
            using var inner = NewDisposeScope();
            rows = Questions.Affordable(standing.masked_select(Distance.index_select(0, standing).isinf()));
            if (rows.shape[0] == 0) break;
            Ask(rows, low + ((high - low) * rand([rows.shape[0], .. inputs.shape[1..]], dtype: inputs.dtype, generator: generator)));
        }
        return standing.masked_select(Distance.index_select(0, standing).isfinite()).MoveToOuterDisposeScope();
    }

    /// <summary>Asks about points after bringing them into the range and to what may move; those that fool the victim and are nearer than before are kept.</summary>
    /// <param name="rows">The samples, shape <c>[M]</c>, each once.</param>
    /// <param name="points">Shape <c>[M, …]</c>.</param>
    /// <returns>The points that were asked about, and whether they fool the victim.</returns>
    public (Tensor Points, Tensor Fooled) Ask(Tensor rows, Tensor points)
    {
        using var scope = NewDisposeScope();
        var (originals, part) = (inputs.index_select(0, rows), wide.Select(rows));
        var legal = part.Place(points - originals, originals, victim.Input);
        var fooled = Questions.Fooled(victim, rows, legal);
        var distance = part.Ball.Measure(legal - originals);
        var nearer = fooled & distance.lt(Distance.index_select(0, rows));
        Distance.index_copy_(0, rows, where(nearer, distance, Distance.index_select(0, rows)));
        Best.index_copy_(0, rows, where(nearer.reshape(PerSample(legal)), legal, Best.index_select(0, rows)));
        return (legal.MoveToOuterDisposeScope(), fooled.MoveToOuterDisposeScope());
    }

    /// <summary>Halves the way between the samples and points that fool the victim: finds the border of the class with the nearest point beyond it.</summary>
    /// <param name="rows">The samples, shape <c>[M]</c>, each with a question left per halving.</param>
    /// <param name="points">Shape <c>[M, …]</c>.</param>
    /// <param name="halvings">How often.</param>
    public void Bisect(Tensor rows, Tensor points, int halvings)
    {
        using var scope = NewDisposeScope();
        var delta = points - inputs.index_select(0, rows);
        var bound = threat.Ball.IsBox ? wide.Select(rows).Ball.Measure(delta).reshape(PerSample(delta)) * Reach.index_select(0, rows) : null;
        var low = zeros([rows.shape[0]], dtype: delta.dtype);
        var high = ones_like(low);
        for (var i = 0; i < halvings; i++)
        {
            using var inner = NewDisposeScope();
            var middle = (low + high) / 2;
            var share = middle.reshape(PerSample(delta));
            var move = bound is null ? delta * share : delta.minimum(bound * share).maximum(-bound * share);
            var (_, fooled) = Ask(rows, inputs.index_select(0, rows) + move);
            high.copy_(where(fooled, middle, high));
            low.copy_(where(fooled, low, middle));
        }
    }

    /// <summary>Those that have so many questions left and are still to be brought nearer.</summary>
    public Tensor Continue(Tensor rows, int questions)
    {
        using var scope = NewDisposeScope();
        var far = stopInside ? rows.masked_select(Distance.index_select(0, rows).gt(threat.Ball.Radius)) : rows;
        return Questions.Affordable(far, questions).MoveToOuterDisposeScope();
    }

    /// <summary>Per sample the nearest other one that the victim takes for what is wanted, and whether there is one.</summary>
    private (Tensor Index, Tensor Exists) Nearest(Tensor predicted)
    {
        using var scope = NewDisposeScope();
        var said = predicted.unsqueeze(0);
        var useful = threat.Target is { } target ? said.eq(target.unsqueeze(1)) : said.ne(labels.unsqueeze(1)) & said.ne(IClassifier.Rejected);
        var flat = inputs.flatten(1);
        var distances = flat.square().sum(1).unsqueeze(0) - (2 * flat.mm(flat.t()));       // squared, without what is the same in a row
        distances.masked_fill_(useful.logical_not(), double.PositiveInfinity);
        return (distances.argmin(1).MoveToOuterDisposeScope(), useful.any(1).MoveToOuterDisposeScope());
    }

    /// <summary>The range of the inputs, or of the batch where that has no bounds.</summary>
    private (double Low, double High) Range()
    {
        var (low, high) = (victim.Input.Min, victim.Input.Max);
        if (double.IsFinite(low) && double.IsFinite(high)) return (low, high);
        using var scope = NewDisposeScope();
        return (inputs.min().ToDouble(), inputs.max().ToDouble());
    }

    private static long[] PerSample(Tensor like) => [-1, .. Enumerable.Repeat(1L, (int)like.dim() - 1)];
}
