using Adamant.Data;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Training;

public sealed class EndToEndTests : TrainingTest
{
    [Fact]
    public void An_Mlp_tells_two_moons_apart()
    {
        using var train = Moons(400, seed: 1);
        using var test = Moons(400, seed: 2);
        using var network = new Mlp(2, [32], 2);
        var options = new TrainingOptions
        {
            Epochs = 40,
            BatchSize = 32,
            Optimizer = new Adam(0.02),
            Schedule = new CyclicSchedule(),
            ValidationFraction = 0.1,
        };
        var result = new Trainer(options).Fit(network, train, cancellation: Cancellation);

        Assert.Equal(TrainingEnding.Completed, result.Ending);
        var evaluation = Evaluation.Of(network.AsVictim(), test, cancellation: Cancellation);
        Assert.True(evaluation.Accuracy!.Value.Value > 0.97, $"{evaluation.Accuracy}");
        Assert.True(evaluation.Auc > 0.99, $"{evaluation.Auc}");
    }

    [Fact]
    public void An_Mlp_learns_a_curve()
    {
        using var inputs = linspace(-2, 2, 200).reshape(-1, 1);
        using var data = Targets(inputs.clone(), inputs.square().reshape(-1));
        using var network = new Mlp(1, [32], 1);
        var options = new TrainingOptions { Epochs = 60, BatchSize = 20, Optimizer = new Adam(0.02), Schedule = new CosineSchedule() };
        new Trainer(options).Fit(network, data, cancellation: Cancellation);

        Assert.True(Evaluation.Of(network.AsVictim(), data, cancellation: Cancellation).Rmse < 0.1);
    }

    [Fact]
    public void A_convolutional_network_learns_which_half_is_bright()
    {
        var labels = arange(128) % 2;
        var images = rand(128, 1, 12, 12) * 0.5;
        for (var i = 0; i < 128; i++) images[i, 0].narrow(1, i % 2 * 6, 6).add_(0.5);
        using var data = Labeled(images, labels, InputSpec.Image(1, 12, 12), 2);
        using var network = new SimpleCnn(classes: 2, channels: 1, size: 12);
        new Trainer(new TrainingOptions { Epochs = 2, BatchSize = 16 }).Fit(network, data, cancellation: Cancellation);

        Assert.Equal(1, Evaluation.Of(network.AsVictim(), data, cancellation: Cancellation).Accuracy!.Value.Value);
    }

    private static TensorDataset Moons(int count, int seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed, CPU);
        var angle = rand(count, generator: generator) * Math.PI;
        var labels = arange(count) % 2;
        var upper = stack([angle.cos(), angle.sin()], 1);
        var lower = stack([1 - angle.cos(), 0.5 - angle.sin()], 1);
        var inputs = where(labels.unsqueeze(1) == 0, upper, lower) + 0.1 * randn([count, 2], generator: generator);
        return Labeled(inputs, labels, InputSpec.Features(2), 2);
    }
}
