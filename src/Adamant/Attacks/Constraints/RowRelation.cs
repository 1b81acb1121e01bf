namespace Adamant.Attacks.Constraints;

/// <summary>One linear relation as it binds one row; knows the exact projection onto itself inside of a box.</summary>
internal sealed class RowRelation(int[] features, double[] factors, double bound, bool isEquality)
{
    private readonly double[] breakpoints = new double[2 * features.Length];

    public int[] Features => features;

    public double[] Factors => factors;

    public double Bound { get; set; } = bound;

    public bool IsEquality => isEquality;

    /// <summary>How far the sum is from what it should be: 0 where the relation holds.</summary>
    public double Gap(ReadOnlySpan<double> v)
    {
        var sum = -Bound;
        for (var k = 0; k < features.Length; k++) sum += factors[k] * v[features[k]];
        return isEquality ? sum : Math.Max(0, sum);
    }

    /// <summary>
    /// The nearest point of relation and box, in place: v ← clip(v − λ a d², low, high), with the λ where the relation holds.
    /// <code>f(λ) = Σ aᵢ clip(vᵢ − λ aᵢ dᵢ², lowᵢ, highᵢ) falls and is linear between its kinks: sort them, find the two around b, solve</code>
    /// </summary>
    /// <param name="v">The point, all features.</param>
    /// <param name="low">The box.</param>
    /// <param name="high">The box.</param>
    /// <param name="d">The length of a unit of distance in each feature.</param>
    /// <remarks>Where no point of the box has the relation, the corner that comes nearest to it: ask <see cref="Gap"/> afterwards.</remarks>
    public void Project(Span<double> v, ReadOnlySpan<double> low, ReadOnlySpan<double> high, ReadOnlySpan<double> d)
    {
        if (!isEquality && Sum(v, low, high, d, 0) <= Bound)
        {
            Move(v, low, high, d, 0);
            return;
        }
        var count = 0;
        for (var k = 0; k < features.Length; k++)
        {
            var (i, step) = (features[k], factors[k] * d[features[k]] * d[features[k]]);
            if (step == 0) continue;                            // a column that takes no part
            if (double.IsFinite(low[i])) breakpoints[count++] = (v[i] - low[i]) / step;
            if (double.IsFinite(high[i])) breakpoints[count++] = (v[i] - high[i]) / step;
        }
        Array.Sort(breakpoints, 0, count);
        var (before, after) = (-1, count);                      // f(before) ≥ b > f(after)
        while (after - before > 1)
        {
            var middle = (before + after) / 2;
            if (Sum(v, low, high, d, breakpoints[middle]) >= Bound) before = middle;
            else after = middle;
        }
        var inside = (before, after) switch
        {
            (-1, _) when count == 0 => 0,
            (-1, _) => breakpoints[0] - 1 - Math.Abs(breakpoints[0]),
            _ when after == count => breakpoints[before] + 1 + Math.Abs(breakpoints[before]),
            _ => breakpoints[before] + ((breakpoints[after] - breakpoints[before]) / 2),
        };
        var (free, rest) = (0.0, -Bound);
        for (var k = 0; k < features.Length; k++)
        {
            var (i, step) = (features[k], factors[k] * d[features[k]] * d[features[k]]);
            var moved = v[i] - (inside * step);
            if (moved > low[i] && moved < high[i]) (free, rest) = (free + (factors[k] * step), rest + (factors[k] * v[i]));
            else rest += factors[k] * Math.Clamp(moved, low[i], high[i]);
        }
        Move(v, low, high, d, free > 0 ? rest / free : inside);
    }

    private void Move(Span<double> v, ReadOnlySpan<double> low, ReadOnlySpan<double> high, ReadOnlySpan<double> d, double multiplier)
    {
        for (var k = 0; k < features.Length; k++)
        {
            var i = features[k];
            v[i] = Math.Clamp(v[i] - (multiplier * factors[k] * d[i] * d[i]), low[i], high[i]);
        }
    }

    private double Sum(ReadOnlySpan<double> v, ReadOnlySpan<double> low, ReadOnlySpan<double> high, ReadOnlySpan<double> d, double multiplier)
    {
        var sum = 0.0;
        for (var k = 0; k < features.Length; k++)
        {
            var i = features[k];
            sum += factors[k] * Math.Clamp(v[i] - (multiplier * factors[k] * d[i] * d[i]), low[i], high[i]);
        }
        return sum;
    }
}
