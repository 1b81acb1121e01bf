using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class FabTests : TensorTest
{
    private static readonly InputSpec Range = new([3], 0, 1);

    // One boundary, w · x = −b with w = (2, −1, 0.5): the distance of the sample by hand.
    [Theory]
    [InlineData("linf", 0.5 / 3.5)]
    [InlineData("l2", 0.5 / 2.29128785)]
    [InlineData("l1", 0.5 / 2)]
    public void Finds_the_distance_of_a_linear_boundary(string norm, double distance)
    {
        // f₀ − f₁ = w · x − 0.25 is 0.5 at (0.5, 0.5, 0.5).
        using var victim = new ModuleVictim(Linear([[2, -1, 0.5f], [0, 0, 0]], [0, 0.25f]), Range);
        foreach (var fab in new[] { new Fab { Steps = 60 }, new Fab { Steps = 60, Targeted = false } })
        {
            var ball = Of(norm, 0.9);
            var moved = fab.Perturb(victim, full(1, 3, 0.5f), tensor(new[] { 0L }), new Threat(ball), new Run(), Cancellation);

            Assert.Equal(1, victim.Predict(moved).item<long>());
            Assert.InRange(ball.Measure(moved - 0.5).item<float>(), distance, distance * 1.01);
        }
    }

    [Theory]
    [InlineData("linf")]
    [InlineData("l2")]
    [InlineData("l1")]
    public void Finds_the_nearest_of_several_classes_in_a_corner_of_the_range(string norm)
    {
        // Exact distances come from the projection, which the tests below check by themselves.
        using var victim = new ModuleVictim(Linear([[3, 0, 0], [0, 2, 0], [0, 0, 2], [1, 1, 1]], [0.2f, -0.1f, -0.4f, -0.7f]), Range);
        var x = tensor(new[,] { { 0.9f, 0.02f, 0.95f }, { 0.6f, 0.5f, 0.3f } });
        var labels = victim.Predict(x);
        Assert.Equal([0, 0], labels.data<long>().ToArray());
        var ball = Of(norm, 0.99);

        var moved = new Fab { Steps = 100 }.Perturb(victim, x, labels, new Threat(ball), new Run(), Cancellation);

        var rows = new[] { (1, new[] { 3f, -2, 0 }, 0.3f), (2, new[] { 3f, 0, -2 }, 0.6f), (3, new[] { 2f, -1, -1 }, 0.9f) };
        var exact = stack(rows.Select(r =>
        {
            var w = tensor(r.Item2).expand(2, 3);
            return ball.Measure(BoundaryProjection.Move(ball, x, w, -((w * x).sum(1) + r.Item3), Range)).masked_fill(Misses(w, x, r.Item3, ball), 9f);
        })).amin([0]);
        Assert.True(victim.Predict(moved).ne(labels).all().item<bool>());
        Assert.True(ball.Measure(moved - x).le(exact * 1.02 + 1e-4).all().item<bool>(), $"{ball.Measure(moved - x).str()} against {exact.str()}");
    }

    private static Tensor Misses(Tensor w, Tensor x, float b, Ball ball)
    {
        var landed = x + BoundaryProjection.Move(ball, x, w, -((w * x).sum(1) + b), Range);
        return ((w * landed).sum(1) + b).abs().gt(1e-4);
    }

    [Fact]
    public void Projects_onto_a_boundary_within_the_range_by_hand()
    {
        // w = (2, 1), r = 0.6, the first coordinate has room for 0.1 only.
        var (x, w, r) = (tensor(new[,] { { 0.9f, 0.3f } }), tensor(new[,] { { 2f, 1f } }), tensor(new[] { 0.6f }));
        var range = new InputSpec([2], 0, 1);

        Assert.Equal([0.1f, 0.4f], Rounded(BoundaryProjection.Move(new Linf(1), x, w, r, range)));
        Assert.Equal([0.1f, 0.4f], Rounded(BoundaryProjection.Move(new L2(1), x, w, r, range)));
        Assert.Equal([0.1f, 0.4f], Rounded(BoundaryProjection.Move(new L1(1), x, w, r, range)));
        Assert.Equal([-0.2f, -0.2f], Rounded(BoundaryProjection.Move(new Linf(1), x, w, -r, range)));
        Assert.Equal([-0.24f, -0.12f], Rounded(BoundaryProjection.Move(new L2(1), x, w, -r, range)));
        Assert.Equal([-0.3f, 0f], Rounded(BoundaryProjection.Move(new L1(1), x, w, -r, range)));
        Assert.Equal([0.1f, 0.7f], Rounded(BoundaryProjection.Move(new L2(1), x, w, 9 * r, range)));            // out of reach: the corner
        Assert.Equal([0.24f, 0.12f], Rounded(BoundaryProjection.Move(new L2(1), x, w, r, InputSpec.Features(2))));
    }

    [Theory]
    [InlineData("linf")]
    [InlineData("l2")]
    [InlineData("l1")]
    public void No_legal_point_of_the_boundary_is_nearer_than_the_projection(string norm)
    {
        var (ball, range) = (Of(norm, 1), new InputSpec([5], 0, 1));
        var (x, w) = (rand(40, 5), randn(40, 5));
        var target = rand(40, 5);
        var r = (w * (target - x)).sum(1);                              // a boundary through a legal point

        var move = BoundaryProjection.Move(ball, x, w, r, range);

        Assert.True(((w * move).sum(1) - r).abs().max().item<float>() < 1e-4);
        Assert.True((x + move).ge(-1e-6).all().item<bool>() && (x + move).le(1 + 1e-6).all().item<bool>());
        var length = ball.Measure(move);
        for (var i = 0; i < 200; i++)
        {
            // Random legal points on the same boundary: between a point above and a point below.
            var (a, b) = (rand(40, 5), rand(40, 5));
            var (above, below) = ((w * (a - x)).sum(1) - r, (w * (b - x)).sum(1) - r);
            var crosses = (above * below).lt(0);
            var on = a + ((above / (above - below)).unsqueeze(1) * (b - a));
            Assert.True((ball.Measure(on - x).ge(length - 1e-4) | crosses.logical_not()).all().item<bool>());
        }
    }

    [Fact]
    public void Brings_back_what_is_farther_than_the_radius()
    {
        using var victim = new ModuleVictim(Linear([[2, -1, 0.5f], [0, 0, 0]], [0, 0.25f]), Range);
        var moved = new Fab().Perturb(victim, full(1, 3, 0.5f), tensor(new[] { 0L }), new Threat(new Linf(0.05)), new Run(), Cancellation);

        Assert.Equal(0.05f, new Linf(1).Measure(moved - 0.5).item<float>(), 1e-6f);
    }

    [Fact]
    public void Stops_inside_when_that_is_enough()
    {
        using var victim = new ModuleVictim(Linear([[2, -1, 0.5f], [0, 0, 0]], [0, 0.25f]), Range);
        var meter = new Meter();
        new Fab { StopInside = true }.Perturb(victim.Metered(meter), full(1, 3, 0.5f), tensor(new[] { 0L }), new Threat(new Linf(0.2)), new Run(), Cancellation);

        Assert.InRange(meter.Gradients, 1, 5);
    }

    [Fact]
    public void Refuses_balls_that_it_has_no_projection_for()
    {
        using var victim = new ModuleVictim(Linear([[2, -1, 0.5f], [0, 0, 0]]), Range);
        Assert.Throws<ArgumentException>(() => new Fab().Perturb(
            victim, full(1, 3, 0.5f), tensor(new[] { 0L }), new Threat(new Smooth(new Linf(0.1), 0.1)), new Run(), Cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Fab { Beta = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Fab { Eta = 0.9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Fab { AlphaMax = 2 });
    }

    private static Ball Of(string norm, double radius) => norm switch { "linf" => new Linf(radius), "l2" => new L2(radius), _ => new L1(radius) };

    private static float[] Rounded(Tensor values) => [.. values.data<float>().ToArray().Select(v => MathF.Round(v, 5))];
}
