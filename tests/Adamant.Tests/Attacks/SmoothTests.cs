using Adamant.Attacks;
using Adamant.Victims;
using FsCheck;
using FsCheck.Xunit;

namespace Adamant.Tests.Attacks;

public sealed class SmoothTests : TensorTest
{
    [Fact]
    public void A_spike_becomes_a_tent()
    {
        // The largest slope-bounded series below is 0, 0, 1, 0, 0, the smallest above is 2, 3, 4, 3, 2: half of both.
        var spike = tensor(new[] { 0f, 0, 4, 0, 0 }).reshape(1, 5);

        Assert.Equal([1f, 1.5f, 2.5f, 1.5f, 1f], Row(new Smooth(new Linf(9), 1).Project(spike)));

        // Where nothing but the spike may be written, it is cut to what its neighbors, which stay at 0, allow.
        var mask = tensor(new[] { 0f, 0, 1, 0, 0 }).reshape(1, 5);
        Assert.Equal([0f, 0f, 1f, 0f, 0f], Row(new Smooth(new Scaled(new Linf(9), mask), 1).Project(spike)));
    }

    [Fact]
    public void A_jump_becomes_a_slope_and_a_slope_stays()
    {
        var ball = new Smooth(new Linf(1), 0.5);

        Assert.Equal([0.75f, 1f, 1f, 0f], Row(new Smooth(new Linf(1), 1).Project(tensor(new[] { 0.75f, 5, 1, 0 }).reshape(1, 4))));
        Assert.Equal([0f, 0.5f, 1f, 0.5f], Row(ball.Project(tensor(new[] { 0f, 0.5f, 1, 0.5f }).reshape(1, 4))));
        Assert.Equal([1f, 2f], Row(ball.Measure(tensor(new[] { 0f, 0.5f, 1, 0.5f, 0, 1, 1, 1 }).reshape(2, 4))));
        Assert.Equal("Linf (slope 0.5) 1", ball.ToString());
    }

    [Fact]
    public void Points_where_a_series_of_that_slope_gains_most()
    {
        // v₁ + v₂ − v₃ − v₄ = (v₂ − v₃) + (v₁ − v₄) ≤ ½ + 3 · ½, reached by 1, ½, 0, −½.
        var ball = new Smooth(new Linf(1), 0.5);
        var gradient = tensor(new[] { 1f, 1, -1, -1 }).reshape(1, 4);

        var direction = ball.Steepest(gradient);

        Assert.Equal(2f, (direction * gradient).sum(dim: 1).item<float>());
        Assert.True(ball.Measure(direction).item<float>() <= 1);
    }

    [Fact]
    public void The_steepest_series_is_the_best_of_all_on_the_grid()
    {
        var ball = new Smooth(new Linf(1), 0.5);
        var grid = new[] { -1f, -0.5f, 0, 0.5f, 1 };
        var gradient = randn(1, 5);
        var best = (from a in grid
                    from b in grid
                    from c in grid
                    from d in grid
                    from e in grid
                    let v = new[] { a, b, c, d, e }
                    where v.Zip(v.Skip(1)).All(p => MathF.Abs(p.First - p.Second) <= 0.5f)
                    select v.Zip(Row(gradient, 9)).Sum(p => p.First * p.Second)).Max();

        Assert.Equal(best, (ball.Steepest(gradient) * gradient).sum(dim: 1).item<float>(), 1e-5f);
    }

    [Property(MaxTest = 60)]
    public bool Projecting_gives_members_keeps_members_and_points_uphill(PositiveInt radius, PositiveInt slope, int seed, bool euclidean, bool masked, bool outside)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)(uint)seed, CPU);
        Ball inner = euclidean ? new L2(radius.Get / 10.0) : new Linf(radius.Get / 10.0);
        var factors = masked && !outside ? (rand([1, 9, 2], generator: generator) - 0.3).clamp_min(0) : rand([1, 1, 2], generator: generator) + 0.1;
        Ball ball = outside ? new Scaled(new Smooth(inner, slope.Get / 20.0), factors) : new Smooth(new Scaled(inner, factors), slope.Get / 20.0);
        var far = randn([4, 9, 2], generator: generator) * radius.Get;
        var projected = ball.Project(far);
        var direction = ball.Steepest(far);
        var drawn = ball.Sample(far, generator);

        return Inside(projected) && Inside(drawn) && Inside(direction * ball.Radius)
            && ball.Project(projected).allclose(projected, 1e-4, 1e-5) && ball.Project(drawn).allclose(drawn, 1e-4, 1e-5)
            && (direction * far).flatten(1).sum(1).gt(0).all().item<bool>();

        bool Inside(Tensor delta) => ball.Measure(delta).max().item<float>() <= ball.Radius * (1 + 1e-4) + 1e-5;
    }

    [Property(MaxTest = 40)]
    public bool What_the_range_cuts_is_smooth_again_and_still_in_the_range(PositiveInt slope, int seed, bool outside)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)(uint)seed, CPU);
        var inputs = rand([4, 9, 2], generator: generator);
        Ball ball = outside ? new Scaled(new Smooth(new Linf(0.5), slope.Get / 50.0), full([1, 1, 1], 0.5f)) : new Smooth(new Linf(0.5), slope.Get / 50.0);

        var placed = ball.Place(randn([4, 9, 2], generator: generator), inputs, new InputSpec([9, 2], 0, 1));

        return ball.Measure(placed - inputs).max().item<float>() <= 0.5 * (1 + 1e-4) + 1e-5
            && placed.min().item<float>() >= 0 && placed.max().item<float>() <= 1;
    }

    [Fact]
    public void A_slope_that_binds_nothing_changes_nothing_and_a_small_one_still_climbs()
    {
        var gradient = randn(3, 6);

        Assert.Equal(Row(new Linf(0.1).Steepest(gradient)), Row(new Smooth(new Linf(0.1), 0.2).Steepest(gradient)));
        Assert.Equal(0f, new Smooth(new Linf(0.1), 0.01).Steepest(zeros(3, 6)).abs().max().item<float>());
        Assert.True((new Smooth(new Linf(1), 1e-5).Steepest(gradient) * gradient).sum(dim: 1).gt(0).all().item<bool>());
        Assert.True(new Smooth(new Linf(0), 0.1).Project(gradient).eq(0).all().item<bool>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_slope_of_nothing_or_without_end_is_refused(double slope)
    {
        Assert.Contains("Expected a finite slope above 0.", Assert.Throws<ArgumentOutOfRangeException>(() => new Smooth(new Linf(1), slope)).Message, StringComparison.Ordinal);
        Assert.Contains("Expected series", Assert.Throws<ArgumentException>(() => new Smooth(new Linf(1), 1).Project(zeros(3))).Message, StringComparison.Ordinal);
    }

    private static float[] Row(Tensor tensor, int digits = 5) => [.. tensor.contiguous().data<float>().ToArray().Select(v => MathF.Round(v, Math.Min(digits, 6)))];
}
