using Adamant.Attacks;
using Adamant.Victims;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Adamant.Tests.Attacks;

public sealed class BallTests : TensorTest
{
    [Fact]
    public void Linf_measures_clips_and_points_coordinate_by_coordinate()
    {
        var ball = new Linf(0.5);
        var delta = tensor(new[] { 3f, -4f, 0.25f, 0f }).reshape(2, 2);

        Assert.Equal([4f, 0.25f], Values(ball.Measure(delta)));
        Assert.Equal([0.5f, -0.5f, 0.25f, 0f], Values(ball.Project(delta)));
        Assert.Equal([1f, -1f, 1f, 0f], Values(ball.Steepest(delta)));
        Assert.Equal("Linf 0.5", ball.ToString());
    }

    [Fact]
    public void L2_measures_shortens_and_points_along_the_whole_vector()
    {
        var ball = new L2(2.5);
        var delta = tensor(new[] { 3f, -4f, 0.3f, 0.4f, 0f, 0f }).reshape(3, 2);

        Assert.Equal([5f, 0.5f, 0f], Values(ball.Measure(delta)));
        Assert.Equal([1.5f, -2f, 0.3f, 0.4f, 0f, 0f], Values(ball.Project(delta)));
        Assert.Equal([0.6f, -0.8f, 0.6f, 0.8f, 0f, 0f], Values(ball.Steepest(delta)));
        Assert.Equal("L2 2.5", ball.ToString());
    }

    [Fact]
    public void L2_points_even_where_squares_vanish()
    {
        var gradient = tensor(new[] { 3e-30f, -4e-30f }).reshape(1, 2);

        Assert.Equal([0.6f, -0.8f], Values(new L2(1).Steepest(gradient)));
    }

    [Fact]
    public void L1_measures_thresholds_and_points_along_one_coordinate()
    {
        // (3, −2, 0.5) in the ball of 3: cutting 1 from each size leaves (2, 1, 0), which adds up to 3.
        var delta = tensor(new[] { 3f, -2f, 0.5f, 0.5f, -0.25f, 0f }).reshape(2, 3);
        var ball = new L1(3);

        Assert.Equal([5.5f, 0.75f], Values(ball.Measure(delta)));
        Assert.Equal([2f, -1f, 0f, 0.5f, -0.25f, 0f], Values(ball.Project(delta)));
        Assert.Equal([1f, 0f, 0f, 1f, 0f, 0f], Values(ball.Steepest(delta)));
        Assert.Equal([0f, 0f, 0f, 0f, 0f, 0f], Values(new L1(0).Project(delta)));
    }

    [Fact]
    public void L1_projects_onto_the_nearest_point_of_the_ball()
    {
        using var generator = new Generator(3, CPU);
        var ball = new L1(1.5);
        var far = randn([200, 6], generator: generator);
        var nearest = ball.Project(far);
        for (var i = 0; i < 50; i++)
        {
            var other = ball.Sample(far, generator);
            Assert.True((far - nearest).norm(1).le((far - other).norm(1) + 1e-5).all().item<bool>());
        }
    }

    [Fact]
    public void L0_counts_keeps_the_largest_and_points_along_one_coordinate()
    {
        var delta = tensor(new[] { 3f, -4f, 0.5f, 0f, 0f, 0.25f }).reshape(2, 3);
        var ball = new L0(2);

        Assert.Equal([3f, 1f], Values(ball.Measure(delta)));
        Assert.Equal([3f, -4f, 0f, 0f, 0f, 0.25f], Values(ball.Project(delta)));
        Assert.Equal([0f, -1f, 0f, 0f, 0f, 1f], Values(ball.Steepest(delta)));
        Assert.Equal(3, ball.Widest(InputSpec.Features(3)));
    }

    [Property(MaxTest = 100)]
    public bool What_is_projected_or_drawn_is_inside_and_projecting_it_again_changes_nothing(PositiveInt radius, int seed, byte kind)
    {
        using var scope = NewDisposeScope();
        var size = radius.Get / 50.0;
        Ball ball = (kind % 4) switch { 0 => new Linf(size), 1 => new L1(size), 2 => new L0(radius.Get), _ => new L2(size) };
        using var generator = new Generator((ulong)(uint)seed, CPU);
        var far = randn([5, 1, 3, 4], generator: generator) * 3;
        var projected = ball.Project(far);
        var drawn = ball.Sample(far, generator);

        return ball.Measure(projected).max().item<float>() <= ball.Radius * (1 + 1e-5)
            && ball.Measure(drawn).max().item<float>() <= ball.Radius * (1 + 1e-5)
            && ball.Project(projected).allclose(projected, 1e-5, 1e-6)
            && drawn.shape.SequenceEqual(far.shape);
    }

    [Fact]
    public void What_is_drawn_fills_the_volume()
    {
        // In 2 dimensions half of each area lies beyond ε / √2 in its own norm.
        using var generator = new Generator(5, CPU);
        foreach (Ball ball in new Ball[] { new L1(2), new L2(2), new Linf(2) })
        {
            var sizes = ball.Measure(ball.Sample(zeros(4000, 2), generator));
            Assert.Equal(0.5, sizes.gt(2 / Math.Sqrt(2)).to_type(ScalarType.Float32).mean().item<float>(), 0.03);
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_radius_below_zero_or_without_end_is_refused_also_by_with(double radius)
    {
        Assert.Contains("Expected a finite ε of at least 0.", Assert.Throws<ArgumentOutOfRangeException>(() => new Linf(radius)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new L2(radius));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Linf(0.1) with { Radius = radius });
    }

    [Fact]
    public void A_threat_fits_inputs_without_bounds_and_an_L2_ball_up_to_the_diagonal()
    {
        new Threat(new Linf(1e9)).Check(InputSpec.Features(3));
        new Threat(new L2(28)).Check(InputSpec.Image(1, 28, 28));
        new Threat(new L2(100)).Check(new InputSpec([-1, 4], 0, 1));
        Assert.Throws<ArgumentException>(() => new Threat(new L2(28.1)).Check(InputSpec.Image(1, 28, 28)));
    }

    [Fact]
    public void Runs_fork_into_unrelated_seeds_that_repeat()
    {
        var seeds = Enumerable.Range(0, 1000).Select(n => new Run { Seed = n / 100 }.Fork(n % 100).Seed).ToList();

        Assert.Equal(1000, seeds.Distinct().Count());
        Assert.Equal(new Run { Seed = 3 }.Fork(4), new Run { Seed = 3 }.Fork(4));
    }

    private static float[] Values(Tensor tensor) => [.. tensor.data<float>().ToArray().Select(v => MathF.Round(v, 6))];
}
