using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// What minimum-norm attacks share: the samples that still stand, the nearest fooling move of each so far, and a threat whose radius is no limit.
/// </summary>
internal sealed class NearestSearch
{
    private const double NoLimit = 1e30;                        // a radius that no move reaches and that float32 holds
    private readonly Ball ball;
    private readonly InputSpec input;

    private NearestSearch(Tensor originals, Tensor labels, Threat threat, InputSpec input)
    {
        (Originals, Labels, this.input, ball) = (originals, labels, input, threat.Ball);
        Threat = threat with { Ball = ball is Scaled ? new Scaled(new Linf(NoLimit), ball.Reach(originals)) : new Linf(NoLimit) };
        (Found, Distances) = (originals.clone(), full([originals.shape[0]], double.PositiveInfinity, dtype: originals.dtype));
    }

    /// <summary>The samples before the attack, shape <c>[n, …]</c>.</summary>
    public Tensor Originals { get; }

    /// <summary>Their true classes, shape <c>[n]</c>.</summary>
    public Tensor Labels { get; }

    /// <summary>Targets, masks and constraints; as far as the range goes.</summary>
    public Threat Threat { get; }

    /// <summary>The norm: the threat's ball with radius 1.</summary>
    public Ball Unit => ball with { Radius = 1 };

    /// <summary>The nearest fooling samples so far, the originals where there is none; shape <c>[n, …]</c>.</summary>
    public Tensor Found { get; }

    /// <summary>Their distances in the norm, infinite where there is none; shape <c>[n]</c>.</summary>
    public Tensor Distances { get; }

    /// <summary>Leaves aside what is fooled already, lets an attack look for the others, and brings back onto the ball what is farther than its radius.</summary>
    /// <param name="attack">Its name, for the message.</param>
    /// <param name="norms">Those that it can search in.</param>
    /// <param name="victim">The white box.</param>
    /// <param name="inputs">Shape <c>[N, …]</c>.</param>
    /// <param name="labels">The true classes, shape <c>[N]</c>.</param>
    /// <param name="threat">The norm, and the radius of what is returned.</param>
    /// <param name="look">Offers what it finds.</param>
    /// <param name="cancellation">Before the first question.</param>
    /// <exception cref="ArgumentException">The ball is of another norm, or binds coordinates to each other.</exception>
    public static Tensor Run(
        string attack, string[] norms, IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Action<NearestSearch> look,
        CancellationToken cancellation)
    {
        if (!norms.Contains(Core(threat.Ball).Norm))
            throw new ArgumentException($"Expected a ball in {string.Join(", ", norms)} for {attack}, got {threat.Ball}. Choose one of these norms, or another attack.", nameof(threat));
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var moved = inputs.detach().clone();
        var rows = threat.Stands(victim.Logits(inputs).argmax(1), labels).nonzero().flatten();
        if (rows.shape[0] > 0)
        {
            var part = threat.Select(rows);
            var search = new NearestSearch(inputs.index_select(0, rows), labels.index_select(0, rows), part, victim.Input);
            look(search);
            moved.index_copy_(0, rows, part.Place(search.Found - search.Originals, search.Originals, victim.Input));
        }
        return moved.MoveToOuterDisposeScope();
    }

    /// <summary>The norm inside of factors.</summary>
    public static Ball Core(Ball ball) => ball is Scaled scaled ? Core(scaled.Inner) : ball;

    /// <summary>The nearest legal samples, however far.</summary>
    /// <param name="delta">Moves from the originals, shape <c>[m, …]</c>.</param>
    /// <param name="rows">Of which originals, shape <c>[m]</c>; null for all.</param>
    public Tensor Place(Tensor delta, Tensor? rows = null) => rows is null
        ? Threat.Place(delta, Originals, input)
        : Threat.Select(rows).Place(delta, Originals.index_select(0, rows), input);

    /// <summary>A direction without the coordinates that are at a bound of the range and would leave it: what is left can be gone.</summary>
    /// <param name="direction">Shape <c>[m, …]</c>.</param>
    /// <param name="x">Where from; broadcastable to it.</param>
    public Tensor Free(Tensor direction, Tensor x)
    {
        using var scope = NewDisposeScope();
        var stuck = (x.ge(input.Max) & direction.gt(0)) | (x.le(input.Min) & direction.lt(0));
        return direction.masked_fill(stuck, 0).MoveToOuterDisposeScope();
    }

    /// <summary>Keeps what fools the victim and is nearer than what there was.</summary>
    /// <param name="moved">Legal samples, shape <c>[m, …]</c>.</param>
    /// <param name="logits">What the victim says of them.</param>
    /// <param name="rows">Of which originals, shape <c>[m]</c>; null for all.</param>
    /// <param name="distance">What "nearer" means, shape <c>[m]</c>; the norm when null.</param>
    /// <returns>True where they fool the victim, shape <c>[m]</c>.</returns>
    public Tensor Offer(Tensor moved, Tensor logits, Tensor? rows = null, Tensor? distance = null)
    {
        using var scope = NewDisposeScope();
        rows ??= arange(Labels.shape[0], ScalarType.Int64);
        var fooled = Threat.Select(rows).Stands(logits.argmax(1), Labels.index_select(0, rows)).logical_not();
        var size = distance ?? ball.Select(rows).Measure(moved - Originals.index_select(0, rows));
        var nearer = (fooled & size.lt(Distances.index_select(0, rows))).nonzero().flatten();
        var better = rows.index_select(0, nearer);
        Found.index_copy_(0, better, moved.index_select(0, nearer));
        Distances.index_copy_(0, better, size.index_select(0, nearer));
        return fooled.MoveToOuterDisposeScope();
    }
}
