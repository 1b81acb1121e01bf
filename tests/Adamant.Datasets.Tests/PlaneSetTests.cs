using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Datasets.Tests;

public sealed class PlaneSetTests : DatasetTest
{
    [Fact]
    public void Without_jitter_the_gates_are_their_truth_tables()
    {
        Assert.Equal([0, 0, 0, 1], Labels(LogicGate.And));
        Assert.Equal([0, 1, 1, 0], Labels(LogicGate.Xor));

        static long[] Labels(LogicGate gate)
        {
            using var data = (gate with { Jitter = 0, TrainRows = 4 }).Load(DatasetPart.Train);
            var all = data.ReadAll();
            Assert.Equal([0, 0, 0, 1, 1, 0, 1, 1], Values(all.Inputs));
            return Numbers(all.Labels);
        }
    }

    [Fact]
    public void A_perceptron_separates_and_and_no_more_than_three_quarters_of_xor()
    {
        Assert.Equal(1, Learn(LogicGate.And));
        Assert.True(Learn(LogicGate.Xor) <= 0.75);

        static double Learn(LogicGate gate)
        {
            using var data = gate.Load(DatasetPart.Train);
            var all = data.ReadAll();
            var rows = Values(all.Inputs).Chunk(2).Select(p => new double[] { p[0], p[1] }).ToArray();
            int[] labels = [.. Numbers(all.Labels).Select(y => (int)y)];
            var perceptron = new Perceptron(2);
            perceptron.Learn(rows, labels);
            return perceptron.Predict(rows).Zip(labels).Count(p => p.First == p.Second) / (double)labels.Length;
        }
    }

    [Fact]
    public void An_mlp_learns_xor_and_the_moons()
    {
        foreach (var set in new INamedDataset[] { LogicGate.Xor, new TwoMoons() })
        {
            using var train = set.Load(DatasetPart.Train);
            using var test = set.Load(DatasetPart.Test);
            manual_seed(0);
            using var network = new Mlp(2, [16], 2);
            new Trainer(new TrainingOptions { Epochs = 60, BatchSize = 32, Optimizer = new Adam(0.02) }).Fit(network, train, cancellation: TestContext.Current.CancellationToken);

            Assert.True(Evaluation.Of(network.AsVictim(), test, cancellation: TestContext.Current.CancellationToken).Accuracy!.Value.Value >= 0.97, set.Name);
        }
    }

    [Fact]
    public void The_moons_lie_on_their_half_circles_and_a_larger_set_begins_with_the_smaller_one()
    {
        using var clean = new TwoMoons { Noise = 0 }.Load(DatasetPart.Train);
        var points = Values(clean.ReadAll().Inputs).Chunk(2).ToArray();
        Assert.All(points.Where((_, i) => i % 2 == 0), p => Assert.Equal(1, (p[0] * p[0]) + (p[1] * p[1]), 1e-5));
        Assert.All(points.Where((_, i) => i % 2 == 1), p => Assert.Equal(1, ((1 - p[0]) * (1 - p[0])) + ((0.5 - p[1]) * (0.5 - p[1])), 1e-5));

        using var small = new TwoMoons { TrainRows = 10 }.Load(DatasetPart.Train);
        using var large = new TwoMoons().Load(DatasetPart.Train);
        using var other = new TwoMoons { Seed = 1 }.Load(DatasetPart.Train);
        Assert.Equal(Values(small.ReadAll().Inputs), Values(large.Read(0, 10).Inputs));
        Assert.NotEqual(Values(large.Read(0, 10).Inputs), Values(other.Read(0, 10).Inputs));
    }

    [Fact]
    public void Refuses_rows_and_noise_out_of_their_range()
    {
        Assert.Contains("multiple of 4", Assert.Throws<ArgumentException>(() => (LogicGate.Xor with { TrainRows = 10 }).Load(DatasetPart.Train)).Message);
        Assert.Contains("jitter", Assert.Throws<ArgumentException>(() => (LogicGate.Xor with { Jitter = 0.5 }).Load(DatasetPart.Train)).Message);
        Assert.Contains("noise", Assert.Throws<ArgumentException>(() => new TwoMoons { Noise = -1 }.Load(DatasetPart.Train)).Message);
        Assert.Contains("rows", Assert.Throws<ArgumentException>(() => new TwoMoons { TrainRows = 0 }.Load(DatasetPart.Train)).Message);
    }
}
