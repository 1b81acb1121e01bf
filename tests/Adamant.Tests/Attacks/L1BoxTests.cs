using Adamant.Attacks;
using Adamant.Victims;

namespace Adamant.Tests.Attacks;

public sealed class L1BoxTests : TensorTest
{
    private static readonly InputSpec Range = new([4], 0, 1);

    [Fact]
    public void What_has_no_room_leaves_its_share_to_the_others()
    {
        // The first coordinate can move by 0.1 only; the other two share what is left of 0.5, each less by the same λ.
        var x = tensor(new[,] { { 0.9f, 0.5f, 0.5f, 0.5f } });
        var placed = new L1(0.5).Place(tensor(new[,] { { 0.5f, -0.4f, 0.3f, 0.02f } }), x, Range);

        Assert.Equal([0.1f, -0.25f, 0.15f, 0], (placed - x).data<float>().ToArray().Select(v => MathF.Round(v, 5)));
    }

    [Fact]
    public void No_legal_point_is_nearer()
    {
        // p is the projection of z on a convex set when (z − p) · (y − p) ≤ 0 for all y of the set.
        var (ball, x) = (new L1(0.7), rand(64, 4));
        var z = x + randn(64, 4);

        var p = ball.Place(z - x, x, Range);

        Assert.True(ball.Measure(p - x).max().item<float>() <= 0.7 + 1e-6);
        using var generator = new Generator(3, CPU);
        for (var i = 0; i < 100; i++)
        {
            var y = (x + ball.Sample(x, generator)).clamp(0, 1);
            Assert.True(((z - p) * (y - p)).sum(1).max().item<float>() < 1e-5);
        }
    }

    [Fact]
    public void Legal_points_stay_and_a_radius_of_0_allows_none()
    {
        var (x, small) = (full(2, 4, 0.5f), full(2, 4, 0.1f));

        Assert.True(new L1(0.41).Place(small, x, Range).allclose(x + small));
        Assert.True(new L1(0).Place(small, x, Range).equal(x).all().item<bool>());
        Assert.True(new L1(0.2).Place(small, x, InputSpec.Features(4)).allclose(x + 0.05));
    }
}
