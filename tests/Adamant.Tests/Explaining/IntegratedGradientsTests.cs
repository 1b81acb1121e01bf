using Adamant.Explaining;
using Adamant.Models;

namespace Adamant.Tests.Explaining;

public sealed class IntegratedGradientsTests : TensorTest
{
    [Fact]
    public void Gives_each_number_of_a_linear_score_its_weight_times_its_way()
    {
        // f(x) = 2x₀ − 3x₁ + 1 from (0, 1) to (4, 2): 2 · 4 = 8, −3 · 1 = −3; f = 3 and −2.
        var found = Explain(new(), x => (2 * x.select(1, 0)) - (3 * x.select(1, 1)) + 1, Point(4, 2), Point(0, 1));

        Assert.Equal([8f, -3f], found.Values);
        Assert.Equal((3, -2), (found.Score, found.BaselineScore));
        Assert.Equal(5, found.Total, 1e-6);
        Assert.True(found.IsComplete);
        Assert.Equal(20, found.Steps);
    }

    [Fact]
    public void Shares_a_product_equally()
    {
        // f = x₀x₁ from 0: ∂f/∂x₀ = αx₁, so both get ½x₀x₁ = 3.
        var found = Explain(new(), x => x.prod(1), Point(2, 3));

        Assert.Equal(3, found.Values[0], 1e-5);
        Assert.Equal(3, found.Values[1], 1e-5);
    }

    [Fact]
    public void Sees_what_a_saturated_score_owes_to_the_way()
    {
        // f = 1 − relu(1 − x) at x = 2, the example of the paper: flat at the input, 1 on the way.
        static Tensor Score(Tensor x) => 1 - nn.functional.relu(1 - x.select(1, 0));

        var integrated = Explain(new(), Score, Point(2));
        var local = GradientTimesInput.Explain(Score, Point(2));

        Assert.Equal(1, integrated.Values[0], 1e-5);
        Assert.True(integrated.IsComplete);
        Assert.Equal([0f], local.Values);
        Assert.Equal(1, local.Gap, 1e-6);
        Assert.False(local.IsComplete);
    }

    [Fact]
    public void Refines_until_the_shares_add_up()
    {
        // A steep step in the way: the first steps miss it.
        static Tensor Score(Tensor x) => sigmoid(400 * (x.select(1, 0) - 0.5137));

        var coarse = Explain(new() { Steps = 5, MaxSteps = 5 }, Score, Point(1));
        var fine = Explain(new() { Steps = 5 }, Score, Point(1));

        Assert.False(coarse.IsComplete);
        Assert.True(fine.IsComplete);
        Assert.Equal(1, fine.Total, 0.011);
        Assert.Equal(0, Math.Log(fine.Steps / 5.0, 3) % 1, 1e-9);
    }

    [Fact]
    public void Says_so_when_they_never_add_up()
    {
        // round has no gradient anywhere.
        var found = Explain(new() { Steps = 10, MaxSteps = 100 }, x => x.round().sum(dim: 1) + (0 * x.sum(dim: 1)), Point(1, 1));

        Assert.False(found.IsComplete);
        Assert.Equal(90, found.Steps);
        Assert.Equal(2, found.Gap, 1e-6);
        Assert.Contains("not complete", found.ToString());
    }

    [Fact]
    public void Refined_steps_are_those_of_a_fresh_sum()
    {
        using var network = new Mlp(6, [8], 3);
        Tensor Score(Tensor x) => network.call(x).select(1, 2);
        var x = randn(6);

        var refined = Explain(new() { Steps = 4, MaxSteps = 36, Tolerance = 1e-12, MicroBatch = 7 }, Score, x);
        var fresh = Explain(new() { Steps = 36, MaxSteps = 36, Tolerance = 1e-12 }, Score, x);

        Assert.Equal(36, refined.Steps);
        Assert.All(refined.Values.Zip(fresh.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.All(network.parameters(), p => Assert.Null(p.grad));
        Assert.False(x.requires_grad);
    }

    [Fact]
    public void Sums_over_the_rest_for_each_step()
    {
        var found = Explain(new(), x => x.flatten(1).sum(dim: 1), tensor(new float[] { 1, 2, 3, 4, 5, 6 }).reshape(3, 2));

        Assert.Equal([3, 2], found.Shape);
        Assert.Equal([3d, 7d, 11d], found.PerStep().Select(v => Math.Round(v, 4)));
    }

    [Fact]
    public void Refuses_a_baseline_of_another_shape_and_a_function_of_more_than_one_score()
    {
        var shape = Assert.Throws<ArgumentException>(() => Explain(new(), x => x.sum(dim: 1), Point(1, 2), Point(1)));
        var scores = Assert.Throws<ArgumentException>(() => Explain(new(), x => x, Point(1, 2)));

        Assert.Contains("Expected a baseline of shape [2], got [1].", shape.Message);
        Assert.Contains("Expected one score per point, shape [2], got [2, 2].", scores.Message);
    }

    private static Attribution Explain(IntegratedGradients method, Func<Tensor, Tensor> score, Tensor input, Tensor? baseline = null) =>
        method.Explain(score, input, baseline, Cancellation);

    private static Tensor Point(params float[] values) => tensor(values);
}
