using System.Runtime.InteropServices;
using Adamant.Victims;

namespace Adamant.Attacks.Constraints;

/// <summary>
/// Which samples exist and what an attacker can make of one: ranges, whole numbers, categories, features that cannot be moved or only one way, relations.
/// <code>x′ = argmin ‖x′ − (x + δ)‖ over the ball around x, the boxes, the relations, the grid and the categories</code>
/// </summary>
/// <remarks>
/// Part of a <see cref="Threat"/>: whatever an attack does, it steps from one legal sample to another, so a fraud model is not fooled by an account of age −3. The
/// projection onto boxes and relations is exact (by sorting for one relation, by Dykstra's algorithm for several); then values are rounded, the nearest category is
/// taken, and what rounding broke is repaired step by step. A row for which this ends in no legal one stays as it was. In a ball that is no box a move that is too long is
/// shortened towards the original, which is legal and not always the nearest. Features are the last dimension: of a series the same at each step.
/// </remarks>
/// <param name="Features">One rule for each feature, in order.</param>
public sealed record FeatureConstraints(IReadOnlyList<FeatureRule> Features)
{
    private const double Tolerance = 1e-6;
    private const int MostShortenings = 4;

    /// <summary>The names of the features, for messages; empty for their numbers.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Groups of features of which exactly one is 1 and the others are 0: the categories of a column.</summary>
    /// <exception cref="ArgumentException">A feature that does not exist, or in two groups.</exception>
    public IReadOnlyList<IReadOnlyList<int>> Groups { get; init => field = Checked(value, value.SelectMany(g => g)); } = [];

    /// <summary>What holds between features.</summary>
    /// <exception cref="ArgumentException">A feature that does not exist.</exception>
    public IReadOnlyList<FeatureRelation> Relations { get; init => field = Checked(value, value.SelectMany(r => r.Terms.Select(t => t.Feature).Distinct()), several: true); } = [];

    /// <summary>Whether there are values between which nothing is.</summary>
    internal bool IsDiscrete => Groups.Count > 0 || Features.Any(f => f.IsDiscrete);

    /// <summary>A ball whose ε of 1 is for each feature the whole of its <see cref="FeatureRule.MaxChange"/>, and for a group another category.</summary>
    /// <param name="inner">The norm, and how much of these moves is allowed.</param>
    /// <param name="input">The range of the inputs.</param>
    /// <returns>Its factors belong to the caller's dispose scope; 0 where nothing can be moved.</returns>
    public Ball Around(Ball inner, InputSpec input)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(input);
        var factors = Features.Select(rule => (float)Math.Min(Widest(rule), input.Max - input.Min)).ToArray();
        using var swap = tensor(new float[] { 1, -1 }).reshape(1, 2);
        using var size = inner.Measure(swap);
        foreach (var i in Groups.SelectMany(g => g).Where(i => factors[i] > 0)) factors[i] = size.item<float>();
        return new Scaled(inner, tensor(factors).reshape([.. Enumerable.Repeat(1L, input.Shape.Count), factors.Length]));

        static double Widest(FeatureRule rule) =>
            rule.Unit.IsLogarithmic ? rule.Unit.Input(rule.MaxChange) : Math.Abs(rule.Unit.Input(rule.MaxChange) - rule.Unit.Input(0));
    }

    /// <summary>The samples among the moved ones that cannot exist or could not have become of their originals; a row that did not move is not looked at.</summary>
    /// <param name="moved">Shape <c>[N, …, F]</c>, <c>Float32</c>.</param>
    /// <param name="original">The same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ, or do not end in the number of features.</exception>
    public IReadOnlyList<ConstraintViolation> Violations(Tensor moved, Tensor original)
    {
        ArgumentNullException.ThrowIfNull(moved);
        ArgumentNullException.ThrowIfNull(original);
        if (!moved.shape.SequenceEqual(original.shape)) throw new ArgumentException("Expected as many moved samples as originals, of the same shape.", nameof(moved));
        using var scope = NewDisposeScope();
        var check = new LegalityCheck(this);
        var violations = new List<ConstraintViolation>();
        var (x, from) = (Numbers(moved), Numbers(original));
        for (var start = 0; start < x.Length; start += Features.Count)
            check.Row(start / Features.Count, x.AsSpan(start, Features.Count), from.AsSpan(start, Features.Count), violations);
        return violations;
    }

    /// <summary>The nearest legal samples to <paramref name="inputs"/> + <paramref name="delta"/> inside a ball.</summary>
    /// <param name="ball">How far they may be moved.</param>
    /// <param name="delta">Finite moves.</param>
    /// <param name="inputs">The originals, shape <c>[N, …, F]</c>.</param>
    /// <param name="input">The range.</param>
    /// <param name="relaxed">Whether whole numbers and categories may lie between: what gradients collect in.</param>
    internal Tensor Place(Ball ball, Tensor delta, Tensor inputs, InputSpec input, bool relaxed)
    {
        using var scope = NewDisposeScope();
        var reach = ball.IsBox ? (ball.Reach(inputs) * ball.Radius).expand_as(inputs) : null;
        var placed = Rows(inputs + ball.Project(delta), inputs, input, reach, relaxed, inward: false);
        if (ball.IsBox) return placed.MoveToOuterDisposeScope();
        long[] broadcast = [-1, .. Enumerable.Repeat(1L, (int)inputs.dim() - 1)];
        for (var left = MostShortenings; left > 0; left--)
        {
            var size = ball.Measure(placed - inputs);
            var far = size.gt(ball.Radius * (1 + Tolerance)).reshape(broadcast);
            if (!far.any().item<bool>()) return placed.MoveToOuterDisposeScope();
            if (left == 1) return where(far, inputs, placed).MoveToOuterDisposeScope();
            var shorter = inputs + ((placed - inputs) * (ball.Radius * (1 - Tolerance) / size).nan_to_num(0).reshape(broadcast));
            placed = where(far, Rows(shorter, inputs, input, null, relaxed, inward: true), placed);
        }
        return placed.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// A gradient in which each group points to one category: signs alone would pull at all that are better than the present one, and at none most.
    /// <code>gᵢ ← gᵢ − (g₍₁₎ + g₍₂₎) / 2, with the two largest among the categories that can be reached</code>
    /// </summary>
    internal Tensor Steer(Tensor gradient, Tensor inputs)
    {
        if (Groups.Count == 0) return gradient;
        using var scope = NewDisposeScope();
        var steered = gradient.clone();
        foreach (var group in Groups.Where(g => g.Count > 1))
        {
            var members = tensor(group.Select(i => (long)i).ToArray());
            var reachable = tensor(group.Select(i => Features[i] is { Direction: not MoveDirection.Down, MaxChange: > 0 }).ToArray());
            var (own, open) = (gradient.index_select(-1, members), inputs.index_select(-1, members).eq(1) | reachable);
            var center = own.masked_fill(open.logical_not(), double.NegativeInfinity).topk(2, -1).values.mean([-1], keepdim: true);
            steered.index_copy_(-1, members, where(center.isfinite(), own - center, own));
        }
        return steered.MoveToOuterDisposeScope();
    }

    /// <summary>For people: <c>12 features, 5 fixed, 1 group of categories, 2 relations</c>.</summary>
    public override string ToString() =>
        $"{Features.Count} features, {Features.Count(f => f.MaxChange == 0)} fixed, {Groups.Count} groups of categories, {Relations.Count} relations";

    /// <summary>What rounding can explain of the gap of a relation.</summary>
    internal double Slack(ReadOnlySpan<int> features, ReadOnlySpan<double> factors, ReadOnlySpan<double> v)
    {
        var slack = 0.0;
        for (var k = 0; k < features.Length; k++) slack += Math.Abs(factors[k]) * Features[features[k]].Unit.Slack(v[features[k]]);
        return slack;
    }

    private Tensor Rows(Tensor proposal, Tensor inputs, InputSpec input, Tensor? reach, bool relaxed, bool inward)
    {
        var (count, x, from, limits) = (Features.Count, Numbers(proposal), Numbers(inputs), reach is null ? [] : Numbers(reach));
        var (projection, check) = (new RowProjection(this), new LegalityCheck(this));
        var v = new double[count];
        for (var start = 0; start < x.Length; start += count)
        {
            var row = x.AsSpan(start, count);
            var original = from.AsSpan(start, count);
            projection.Load(original, input.Min, input.Max, limits.Length == 0 ? [] : limits.AsSpan(start, count));
            for (var i = 0; i < count; i++) v[i] = Features[i].Unit.Own(row[i]);
            projection.Relax(v);
            if (!relaxed) projection.Harden(v, inward);
            for (var i = 0; i < count; i++)
                row[i] = v[i] == projection.Original[i] ? original[i] : (float)Math.Clamp(Features[i].Unit.Input(v[i]), input.Min, input.Max);
            if (!relaxed && !check.IsLegal(row, original)) original.CopyTo(row);
        }
        return tensor(x, inputs.shape);
    }

    private float[] Numbers(Tensor samples)
    {
        if (samples.dtype != ScalarType.Float32 || samples.dim() < 2 || samples.shape[^1] != Features.Count)
            throw new ArgumentException($"Expected samples Float32 [N, {Features.Count}], one number for each rule, got {samples.dtype} [{string.Join(", ", samples.shape)}].", nameof(samples));
        using var contiguous = samples.detach().contiguous();
        return MemoryMarshal.Cast<byte, float>(contiguous.bytes).ToArray();
    }

    private T Checked<T>(T value, IEnumerable<int> features, bool several = false)
    {
        int[] named = [.. features];
        if (named.FirstOrDefault(i => i < 0 || i >= Features.Count, -1) is >= 0 and var unknown) throw new ArgumentException($"Expected features 0..{Features.Count - 1}, got {unknown}.");
        if (named.Any(i => i < 0)) throw new ArgumentException($"Expected features 0..{Features.Count - 1}, got one below 0.");
        return several || named.Distinct().Count() == named.Length ? value : throw new ArgumentException("Expected each feature in one group at the most, got one in several.");
    }
}
