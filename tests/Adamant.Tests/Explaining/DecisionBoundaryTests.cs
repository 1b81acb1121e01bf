using Adamant.Data;
using Adamant.Explaining;
using Adamant.Models;

namespace Adamant.Tests.Explaining;

public sealed class DecisionBoundaryTests : TensorTest
{
    private static readonly float[][] Corners = [[0, 0], [0, 1], [1, 0], [1, 1]];

    [Fact]
    public void The_line_of_a_perceptron_is_where_it_was_drawn()
    {
        // 1 where x > 0.5: the right half of the cells, whatever y.
        using var samples = Samples([0, 0, 1, 1]);
        var boundary = DecisionBoundary.Of("x > ½", new Perceptron([1, 0], -0.5), samples, resolution: 4);

        Assert.Equal([0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1], boundary.Cells);
        Assert.Equal(1, boundary.Accuracy.Value);
        Assert.All(boundary.X.Concat(boundary.Y).Zip([-0.15, 1.15, -0.15, 1.15]), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
        Assert.Equal(new PlanePoint(0, 1, 0), boundary.Points[1]);
    }

    [Fact]
    public void A_perceptron_learns_and_but_never_xor()
    {
        using var and = Samples([0, 0, 0, 1]);
        using var xor = Samples([0, 1, 1, 0]);

        Assert.Equal(1, Learned(and).Accuracy.Value);
        Assert.True(Learned(xor).Accuracy.Value <= 0.75);

        static DecisionBoundary Learned(Batch samples)
        {
            var perceptron = new Perceptron(2);
            perceptron.Learn([.. Corners.Select(c => new double[] { c[0], c[1] })], [.. samples.Labels.data<long>().Select(y => (int)y)]);
            return DecisionBoundary.Of("", perceptron, samples);
        }
    }

    [Fact]
    public void No_line_of_many_is_right_about_more_than_three_corners_of_xor()
    {
        using var xor = Samples([0, 1, 1, 0]);
        for (var turn = 0; turn < 36; turn++)
        {
            for (var bias = -1.5; bias <= 1.5; bias += 0.25)
            {
                var line = new Perceptron([Math.Cos(turn * Math.PI / 18), Math.Sin(turn * Math.PI / 18)], bias);
                Assert.True(DecisionBoundary.Of("", line, xor, resolution: 2).Accuracy.Value <= 0.75);
            }
        }
    }

    [Fact]
    public void A_network_with_one_hidden_layer_draws_xor()
    {
        // h = (max(0, x + y), max(0, x + y − 1)); x XOR y = h₁ − 2h₂.
        using var network = new Mlp(2, [2], 2);
        using (no_grad())
        {
            network.get_parameter("layers.0.weight")!.fill_(1);
            network.get_parameter("layers.0.bias")!.copy_(tensor(new float[] { 0, -1 }));
            network.get_parameter("layers.1.weight")!.copy_(tensor(new float[] { 0, 0, 1, -2 }).reshape(2, 2));
            network.get_parameter("layers.1.bias")!.copy_(tensor(new float[] { 0.5f, 0 }));
        }
        using var xor = Samples([0, 1, 1, 0]);

        Assert.Equal(1, DecisionBoundary.Of("", network.AsVictim(), xor).Accuracy.Value);
    }

    [Fact]
    public void Samples_of_three_numbers_are_refused()
    {
        using var samples = new Batch(zeros(2, 3), zeros(2, ScalarType.Int64));
        Assert.Contains("two numbers", Assert.Throws<ArgumentException>(() => DecisionBoundary.Of("", new Perceptron(3), samples)).Message);
    }

    private static Batch Samples(long[] labels) => new(tensor(Corners.SelectMany(c => c).ToArray()).reshape(4, 2), tensor(labels));
}
