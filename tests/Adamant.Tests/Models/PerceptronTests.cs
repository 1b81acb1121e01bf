using Adamant.Models;
using FsCheck.Xunit;

namespace Adamant.Tests.Models;

public sealed class PerceptronTests : TensorTest
{
    private static readonly double[][] Square = [[0, 0], [0, 1], [1, 0], [1, 1]];

    [Fact]
    public void Moves_its_weights_by_each_mistake()
    {
        // From zero: (1, 2) of class 1 has z = 0, a mistake, so w = (1, 2), b = 1; (3, 0) of class 0 has z = 4, so w = (-2, 2), b = 0.
        var perceptron = new Perceptron([0, 0], 0);

        var (mistakes, _) = perceptron.Learn([[1, 2], [3, 0]], [1, 0], epochs: 1);

        Assert.Equal(2, mistakes);
        Assert.Equal([-2, 2], perceptron.Weights);
        Assert.Equal(0, perceptron.Bias);
    }

    [Fact]
    public void Says_no_on_the_line_itself()
    {
        var perceptron = new Perceptron([1, -1], 0);

        Assert.Equal([0, 1, 0], perceptron.Predict([[2, 2], [2, 1], [1, 2]]));
    }

    [Theory]
    [InlineData(new[] { 0, 0, 0, 1 })]
    [InlineData(new[] { 0, 1, 1, 1 })]
    public void Learns_and_and_or(int[] labels)
    {
        var perceptron = new Perceptron(2);

        Assert.True(perceptron.Learn(Square, labels).Separated);
        Assert.Equal(labels, perceptron.Predict(Square));
    }

    [Fact]
    public void Cannot_learn_xor_and_walks_in_a_circle()
    {
        int[] labels = [0, 1, 1, 0];
        var perceptron = new Perceptron(2);
        var seen = new Dictionary<(double, double, double), int>();

        // Every pass depends on the weights alone: once a state comes back, the passes between repeat forever, each with a mistake.
        for (var epoch = 0; seen.TryAdd((perceptron.Weights[0], perceptron.Weights[1], perceptron.Bias), epoch); epoch++)
        {
            Assert.True(epoch < 1000, "the weights never came back");
            Assert.False(perceptron.Learn(Square, labels, epochs: 1).Separated);
        }
    }

    [Fact]
    public void Bounds_the_mistakes_as_Novikoff_did()
    {
        // AND, from zero: R = ‖(1, 1, 1)‖ = √3; the line (1, 1, -1.5) has length √4.25 and margin 0.5 / √4.25: bound 3 · 4.25 / 0.25 = 51.
        var bound = new Perceptron([0, 0], 0).MistakeBound(Square, [0, 0, 0, 1], [1, 1], -1.5);

        Assert.Equal(51, bound, 1e-9);
    }

    [Property(MaxTest = 50)]
    public void Never_makes_more_mistakes_than_the_bound_allows(int seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)(uint)seed, CPU);
        var points = randn(40, 3, dtype: ScalarType.Float64, generator: generator);
        var samples = Enumerable.Range(0, 40).Select(i => points[i].data<double>().ToArray())
            .Where(x => Math.Abs(x[0] - (2 * x[1]) + 0.3) > 0.2).ToArray();
        var labels = samples.Select(x => x[0] - (2 * x[1]) + 0.3 > 0 ? 1 : 0).ToArray();
        var perceptron = new Perceptron(3, seed);
        var bound = perceptron.MistakeBound(samples, labels, [1, -2, 0], 0.3);

        var (mistakes, separated) = perceptron.Learn(samples, labels, epochs: 1_000_000);

        Assert.True(separated);
        Assert.True(mistakes <= bound, $"{mistakes} mistakes, bound {bound}");
    }

    [Fact]
    public void Judges_the_transaction_of_the_fraud_example()
    {
        var detector = new Perceptron(inputs: 3);
        double[] transaction = [1500, 0.8, 0.3];              // amount, risk of the place, risk of the hour

        var prediction = detector.Forward(transaction);

        var sum = 1500 * detector.Weights[0] + 0.8 * detector.Weights[1] + 0.3 * detector.Weights[2] + detector.Bias;
        Assert.Equal(sum > 0 ? 1 : 0, prediction);
    }

    [Fact]
    public void Starts_from_small_weights_that_the_seed_fixes()
    {
        var weights = new Perceptron(10_000, seed: 1).Weights;

        Assert.Equal(weights, new Perceptron(10_000, seed: 1).Weights);
        Assert.NotEqual(weights, new Perceptron(10_000, seed: 2).Weights);
        Assert.Equal(0.1, Math.Sqrt(weights.Average(w => w * w)), 0.005);
    }

    [Fact]
    public void Refuses_what_it_cannot_learn_from()
    {
        var perceptron = new Perceptron(2);

        Assert.Contains("Expected 2 numbers, got 3", Assert.Throws<ArgumentException>(() => perceptron.Forward([1, 2, 3])).Message);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => perceptron.Forward([1, double.NaN])).Message);
        Assert.Contains("labels 0 and 1", Assert.Throws<ArgumentException>(() => perceptron.Learn(Square, [0, 1, 2, 0])).Message);
        Assert.Contains("4 samples and 1 labels", Assert.Throws<ArgumentException>(() => perceptron.Learn(Square, [0])).Message);
        Assert.Contains("separat", Assert.Throws<ArgumentException>(() => perceptron.MistakeBound(Square, [0, 1, 1, 0], [1, 1], -0.5)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Perceptron(0));
        Assert.Throws<ArgumentException>(() => new Perceptron([], 0));
    }
}
