namespace Adamant.Attacks.Constraints;

/// <summary>The constraints as they bind one row at a time: its box, its relations, and the nearest legal row.</summary>
/// <remarks>
/// All in double precision and in the unit of people; distances are those of the samples (of a logarithmic unit those at the original). Not for several threads.
/// Several relations: Dykstra's algorithm, which converges to the projection on the intersection of convex sets. Source: Boyle, Dykstra, "A Method for Finding
/// Projections onto the Intersection of Convex Sets in Hilbert Spaces", Lecture Notes in Statistics 37, 1986.
/// </remarks>
internal sealed class RowProjection
{
    private const int MostCycles = 2000, MostRepairs = 256;
    private const double Converged = 1e-12;
    private readonly FeatureConstraints constraints;
    private readonly double[] original, low, high, lowest, highest, unit, wanted;
    private readonly bool[] isCategory;
    private readonly RowRelation[] relations;
    private readonly double[][] corrections;
    private double[] before = [];

    public RowProjection(FeatureConstraints constraints)
    {
        this.constraints = constraints;
        var count = constraints.Features.Count;
        (original, low, high, lowest, highest, unit, wanted) =
            (new double[count], new double[count], new double[count], new double[count], new double[count], new double[count], new double[count]);
        isCategory = new bool[count];
        foreach (var i in constraints.Groups.SelectMany(g => g)) isCategory[i] = true;
        relations =
        [
            .. constraints.Relations.Select(r => new RowRelation([.. r.Terms.Select(t => t.Feature)], [.. r.Terms.Select(t => t.Factor)], r.Bound, r.Kind != RelationKind.AtMost)),
            .. constraints.Groups.Select(g => new RowRelation([.. g], [.. g.Select(_ => 1.0)], 1, true)),
        ];
        corrections = [.. relations.Select(r => new double[r.Features.Length])];
    }

    /// <summary>The row to start from, and how far the ball lets each feature go (null for no such limit).</summary>
    public void Load(ReadOnlySpan<float> row, double min, double max, ReadOnlySpan<float> reach)
    {
        for (var i = 0; i < original.Length; i++)
        {
            var rule = constraints.Features[i];
            var v = original[i] = rule.Unit.Own(row[i]);
            unit[i] = rule.Unit.Slope(v);
            var (from, to) = reach.IsEmpty ? (min, max) : (Math.Max(min, row[i] - reach[i]), Math.Min(max, row[i] + reach[i]));
            low[i] = Math.Max(Math.Max(rule.Unit.Own(from), rule.Min), v - rule.MaxChange);
            high[i] = Math.Min(Math.Min(rule.Unit.Own(to), rule.Max), v + rule.MaxChange);
            var isFixed = rule.MaxChange == 0 || (rule.FixedBy is { } flag && row[flag] != 0);
            if (isFixed || rule.Direction == MoveDirection.Up) low[i] = v;
            if (isFixed || rule.Direction == MoveDirection.Down) high[i] = v;
            if (isCategory[i]) (low[i], high[i]) = (Math.Max(low[i], 0), Math.Min(high[i], 1));
            (low[i], high[i]) = (Math.Min(low[i], v), Math.Max(high[i], v));
            (lowest[i], highest[i]) = (low[i], high[i]);
        }
        for (var r = 0; r < constraints.Relations.Count; r++) relations[r].Bound = constraints.Relations[r].Bind(original, relations[r].Factors);
    }

    /// <summary>Moves a row to the nearest one that keeps everything but that whole numbers are whole and categories are one.</summary>
    public void Relax(Span<double> v)
    {
        if (relations.Length > 0) Dykstra(v);                   // before the box: the nearest point of both is not that of one after the other
        for (var i = 0; i < original.Length; i++) v[i] = Math.Clamp(v[i], low[i], high[i]);
    }

    /// <summary>Moves a relaxed row to a legal one near it.</summary>
    /// <param name="v">The row.</param>
    /// <param name="inward">Whether values are rounded towards the original instead of to the nearest.</param>
    public void Harden(Span<double> v, bool inward)
    {
        v.CopyTo(wanted);
        foreach (var group in constraints.Groups) Choose(v, group);
        for (var i = 0; i < original.Length; i++)
        {
            var rule = constraints.Features[i];
            if (!rule.IsDiscrete) continue;
            var (from, to) = inward ? (Math.Min(v[i], original[i]), Math.Max(v[i], original[i])) : (low[i], high[i]);
            Pin(v, i, rule.Snap(v[i], original[i], from, to));
        }
        if (constraints.Relations.Count > 0)
        {
            Dykstra(v);
            for (var left = MostRepairs; left > 0 && Repair(v); left--) Dykstra(v);
        }
        lowest.CopyTo(low, 0);
        highest.CopyTo(high, 0);
    }

    /// <summary>The own unit of each feature of the original.</summary>
    public ReadOnlySpan<double> Original => original;

    private void Choose(Span<double> v, IReadOnlyList<int> group)
    {
        var best = -1;
        foreach (var i in group)
        {
            if (high[i] < 1) continue;
            if (best < 0 || v[i] > v[best] || (v[i] == v[best] && original[i] > original[best])) best = i;
        }
        var keeps = best < 0 || group.Any(i => i != best && low[i] > 0);
        foreach (var i in group) Pin(v, i, keeps ? original[i] : i == best ? 1 : 0);
    }

    private void Pin(Span<double> v, int i, double value) => v[i] = low[i] = high[i] = value;

    private void Dykstra(Span<double> v)
    {
        foreach (var correction in corrections) Array.Clear(correction);
        if (before.Length < v.Length) before = new double[v.Length];
        for (var cycle = 0; cycle < MostCycles; cycle++)
        {
            var change = 0.0;
            for (var r = 0; r < relations.Length; r++)
            {
                var (features, correction) = (relations[r].Features, corrections[r]);
                if (relations[r].Factors.All(a => a == 0)) continue;
                for (var k = 0; k < features.Length; k++)
                {
                    before[k] = v[features[k]];
                    correction[k] += v[features[k]];
                    v[features[k]] = correction[k];
                }
                relations[r].Project(v, low, high, unit);
                for (var k = 0; k < features.Length; k++)
                {
                    correction[k] -= v[features[k]];
                    change = Math.Max(change, Math.Abs(v[features[k]] - before[k]) / unit[features[k]]);
                }
            }
            if (relations.Length == 1 || change < Converged) return;
        }
    }

    /// <summary>Moves one value by one step where that closes the gap of a relation; false when all hold, or nothing helps.</summary>
    private bool Repair(Span<double> v)
    {
        for (var r = 0; r < constraints.Relations.Count; r++)
        {
            var (relation, best, bestCost, bestValue) = (relations[r], -1, double.PositiveInfinity, 0.0);
            var signed = relation.Gap(v);
            var gap = Math.Abs(signed);
            if (gap <= constraints.Slack(relation.Features, relation.Factors, v)) continue;
            for (var k = 0; k < relation.Features.Length; k++)
            {
                var i = relation.Features[k];
                var rule = constraints.Features[i];
                if (!rule.IsDiscrete || relation.Factors[k] == 0) continue;
                var next = rule.Next(v[i], relation.Factors[k] * signed > 0 ? -1 : 1);
                if (!(next >= lowest[i] - rule.Unit.Slack(next) && next <= highest[i] + rule.Unit.Slack(next))) continue;
                var left = Math.Abs(signed + (relation.Factors[k] * (next - v[i])));
                if (relation.IsEquality && left >= gap) continue;
                var (far, near) = ((next - wanted[i]) / unit[i], (v[i] - wanted[i]) / unit[i]);
                var cost = ((far * far) - (near * near)) / (gap - Math.Min(left, gap) + 1e-12);
                if (cost < bestCost) (best, bestCost, bestValue) = (i, cost, next);
            }
            if (best < 0) continue;
            Pin(v, best, Math.Abs(bestValue - original[best]) <= constraints.Features[best].Unit.Slack(bestValue) ? original[best] : bestValue);
            return true;
        }
        return false;
    }
}
