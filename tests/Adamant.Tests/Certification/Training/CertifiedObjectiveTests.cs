using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Certification.Training;
using Adamant.Data;
using Adamant.Models;
using Adamant.Tests.Defenses.Training;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Certification.Training;

public sealed class CertifiedObjectiveTests : CertificationTest
{
    private readonly TrainingStep step = new((outputs, labels) => nn.functional.cross_entropy(outputs, labels), 3, Cancellation);
    private static readonly Linf Tenth = new(0.1);

    private static double Softplus(double margin) => Math.Log(1 + Math.Exp(-margin));

    [Fact]
    public void Ibp_mixes_the_plain_loss_with_that_of_the_worst_logits()
    {
        // By hand (see BoundsTests): margin 2 at the center, at least 1 by intervals and 1.4 by linear bounds.
        using var network = ByHand();
        var batch = Rows(new[,] { { 1f, 0.5f } }, 0);

        Assert.Equal((0.5 * Softplus(2)) + (0.5 * Softplus(1)), new IbpTraining(Tenth).Loss(network, batch, step).item<float>(), 1e-5);
        Assert.Equal(Softplus(1), new IbpTraining(Tenth) { Kappa = 0 }.Loss(network, batch, step).item<float>(), 1e-5);
        Assert.Equal(Softplus(1.4), new CrownIbpTraining(Tenth) { Kappa = 0, Beta = 1 }.Loss(network, batch, step).item<float>(), 1e-5);
        Assert.Equal(Softplus(1), new CrownIbpTraining(Tenth) { Kappa = 0 }.Loss(network, batch, step).item<float>(), 1e-5);
    }

    [Fact]
    public void Epsilon_grows_and_the_plain_loss_fades_as_the_training_goes_on()
    {
        using var network = ByHand();
        var batch = Rows(new[,] { { 1f, 0.5f } }, 0);
        var objective = new IbpTraining(Tenth) { Ramp = new Ramp(0.2, 0.6), Kappa = 0 };

        Assert.Equal(Softplus(2), objective.Loss(network, batch, step with { Done = 0.2 }).item<float>(), 1e-5);
        // Half way: ε = 0.05 leaves a margin of 1.5, κ = 0.5.
        Assert.Equal((0.5 * Softplus(2)) + (0.5 * Softplus(1.5)), objective.Loss(network, batch, step with { Done = 0.4 }).item<float>(), 1e-5);
        Assert.Equal(Softplus(1), objective.Loss(network, batch, step with { Done = 0.6 }).item<float>(), 1e-5);
    }

    [Fact]
    public void A_training_tells_its_objective_how_much_of_it_is_done()
    {
        var told = new List<double>();
        using var data = new TensorDataset(
            new DatasetCard { Name = "test", Input = InputSpec.Features(2), Rows = 4, ClassNames = ["a", "b"] }, randn(4, 2), tensor(new[] { 0L, 1, 0, 1 }));
        using var network = new Mlp(2, [], 2);

        new Trainer(new TrainingOptions { Epochs = 2, BatchSize = 2, Objective = new Listening(told) }).Fit(network, data, cancellation: Cancellation);

        Assert.Equal([0, 0.25, 0.5, 0.75], told);
    }

    private sealed record Listening(List<double> Told) : IObjective
    {
        public Tensor Loss(Network network, Batch batch, TrainingStep step)
        {
            Told.Add(step.Done);
            return new PlainObjective().Loss(network, batch, step);
        }
    }

    [Fact]
    public void Bounds_have_gradients_to_every_weight()
    {
        using var network = new SimpleCnn(3, 1, 8);
        network.train();
        var batch = new Batch(rand(2, 1, 8, 8), tensor(new[] { 0L, 2L }));

        foreach (var objective in new IObjective[] { new IbpTraining(Tenth) { Kappa = 0 }, new CrownIbpTraining(Tenth) { Kappa = 0, Beta = 0.5 } })
        {
            network.zero_grad();
            objective.Loss(network, batch, step).backward();
            Assert.All(network.named_parameters().Where(p => p.name != "fc2.bias"), p => Assert.NotEqual(0, p.parameter.grad!.abs().max().item<float>()));
        }
    }

    [Fact]
    public void Noise_is_new_in_every_step_repeats_with_the_seed_and_stays_in_the_range()
    {
        using var network = new SpiedNetwork(new InputSpec([2], 0, 1), Linear([[1, -1], [-1, 1]]));
        var batch = Rows(new[,] { { 0.5f, 0f }, { 1f, 0.5f } }, 0, 1);
        foreach (var seed in new[] { 1, 2, 1 }) new GaussianNoiseTraining(0.5).Loss(network, batch, step with { Seed = seed });

        Assert.NotEqual(Values(network.Trained[0]), Values(network.Trained[1]));
        Assert.Equal(Values(network.Trained[0]), Values(network.Trained[2]));
        Assert.All(network.Trained, x => Assert.InRange(x.min().item<float>() + x.max().item<float>(), 0, 2));
        Assert.Equal([0.5f, 0, 1, 0.5f], Values(batch.Inputs));
    }

    [Fact]
    public void Smooth_adv_trains_on_noisy_copies_of_the_worst_point_of_the_ball()
    {
        // For y = 0 the loss grows along (−1, 1), whatever the noise: the L2 ball's worst point is x + 0.2 (−1, 1) / √2.
        using var network = new SpiedNetwork(InputSpec.Features(2), Linear([[1, -1], [-1, 1]]));
        var batch = Rows(new[,] { { 0.5f, 0.5f } }, 0);
        network.train();

        new SmoothAdv(1e-5, new L2(0.2)) { Draws = 3, Attack = new Pgd { Steps = 4, RandomStart = false } }.Loss(network, batch, step);

        var trained = network.Trained.Single();
        Assert.Equal([3L, 2L], trained.shape);
        Assert.All(Values(trained).Chunk(2), x =>
        {
            Assert.Equal(0.5 - (0.2 / Math.Sqrt(2)), x[0], 1e-3);
            Assert.Equal(0.5 + (0.2 / Math.Sqrt(2)), x[1], 1e-3);
        });
        Assert.Equal(4, network.Evaluated);
        Assert.True(network.training);
    }

    [Fact]
    public void Values_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ramp(0.5, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ramp(0, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IbpTraining(Tenth) { Kappa = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianNoiseTraining(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmoothAdv(0.1, Tenth) { Draws = 0 });
    }

    private static float[] Values(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
