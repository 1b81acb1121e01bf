using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Tests.Victims;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class SquareTests : TensorTest
{
    [Fact]
    public void Windows_shrink_as_in_the_paper()
    {
        var square = new Square();
        Assert.Equal([0.8, 0.8, 0.4, 0.4, 0.2, 0.1, 0.05, 0.8 / 32, 0.8 / 64], new[] { 0, 10, 11, 50, 51, 201, 501, 1001, 4000 }.Select(square.Share));
        Assert.Equal(square.Share(201), new Square { Queries = 1000, RescaleSchedule = true }.Share(21));
    }

    [Theory]
    [InlineData("linf", 0.1)]
    [InlineData("l2", 1.0)]
    [InlineData("l1", 6.0)]
    public void Moves_a_linear_model_on_images_across_its_boundary(string norm, double epsilon)
    {
        // Left half against right half, with a margin that Linf 0.1 can move by 0.1 · 64 in all.
        var weight = cat([ones(1, 8, 4), -ones(1, 8, 4)], 2);
        using var victim = new FunctionVictim(InputSpec.Image(1, 8, 8), x => stack([(x * weight).flatten(1).sum(1) + 2.5, zeros(x.shape[0])], 1));
        Ball ball = norm switch { "linf" => new Linf(epsilon), "l2" => new L2(epsilon), _ => new L1(epsilon) };
        var data = new Batch(full(6, 1, 8, 8, 0.5f), zeros(6, ScalarType.Int64));

        using var result = new Square { Queries = 600 }.Against(victim, data, new Threat(ball), cancellation: Cancellation);

        Assert.All(result.Samples, s => Assert.False(s.IsRobust));
        Assert.All(result.Samples, s => Assert.InRange(s.Queries!.Value, 2, 600));
        Assert.Equal(result.Forwards, result.Samples.Sum(s => s.Queries!.Value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(37)]
    public void Never_asks_more_often_about_a_sample_than_it_may(int queries)
    {
        using var victim = new FunctionVictim(InputSpec.Image(1, 6, 6), x => stack([x.flatten(1).sum(1) + 100, zeros(x.shape[0])], 1));
        var data = new Batch(rand(3, 1, 6, 6), zeros(3, ScalarType.Int64));

        using var result = new Square { Queries = queries }.Against(victim, data, new Threat(new Linf(0.1)), cancellation: Cancellation);

        Assert.All(result.Samples, s => Assert.Equal(queries, s.Queries));
        Assert.Equal(3L * queries, result.Forwards);
        Assert.Equal(0, result.Gradients);
    }

    [Fact]
    public void Asks_once_about_samples_that_are_wrong_already()
    {
        using var victim = new FunctionVictim(InputSpec.Image(1, 6, 6), x => stack([x.flatten(1).sum(1), zeros(x.shape[0])], 1));
        var data = new Batch(full(2, 1, 6, 6, 0.5f), ones(2, ScalarType.Int64));

        using var result = new Square().Against(victim, data, new Threat(new Linf(0.1)), cancellation: Cancellation);

        Assert.All(result.Samples, s => Assert.Equal(1, s.Queries));
    }
}
