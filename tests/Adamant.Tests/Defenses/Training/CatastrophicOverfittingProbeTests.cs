using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Defenses.Training;
using Adamant.Models;
using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Tests.Defenses.Training;

/// <summary>One pixel at 0.3, ε = 0.1, class 0: networks whose margin over the pixel is drawn by hand.</summary>
public sealed class CatastrophicOverfittingProbeTests : TensorTest
{
    private readonly Batch heldOut = new(full(64, 1, 0.3f), zeros(64, ScalarType.Int64));
    private readonly CatastrophicOverfittingProbe probe;

    public CatastrophicOverfittingProbeTests() => probe = new CatastrophicOverfittingProbe(heldOut, new Linf(0.1));

    // The border is at ½, out of reach.
    private static SpiedNetwork Robust => Draw(x => x - 0.5);

    // The border is at 0.35: every attack reaches it.
    private static SpiedNetwork Weak => Draw(x => x - 0.35);

    // At 0.3 the loss falls to the right, so FGSM goes left, where nothing is; beyond 0.31 it climbs over the border. PGD starts beyond it half of the time.
    private static SpiedNetwork Overfitted => Draw(x => where(x.lt(0.31), 0.31 - x, 20 * (x - 0.31)) - 0.5);

    [Fact]
    public void Measures_accuracy_under_pgd_and_fgsm()
    {
        Assert.Equal([("pgd", 1), ("fgsm", 1)], probe.Look(Robust, [], Cancellation).Metrics.Select(m => (m.Key, m.Value)));
        Assert.Equal([("pgd", 0), ("fgsm", 0)], probe.Look(Weak, [], Cancellation).Metrics.Select(m => (m.Key, m.Value)));
        var overfitted = probe.Look(Overfitted, [], Cancellation).Metrics;
        Assert.Equal(1, overfitted["fgsm"]);
        Assert.InRange(overfitted["pgd"], 0.3, 0.7);
    }

    [Fact]
    public void Goes_back_to_the_best_epoch_when_only_pgd_accuracy_collapses()
    {
        var verdict = probe.Look(Overfitted, [Epoch(1, 0.8), Epoch(2, 0.95), Epoch(3, 0.9)], Cancellation);

        Assert.Equal(2, verdict.RollBackTo);
        Assert.Matches(
            @"^Catastrophic overfitting: accuracy under PGD fell from 95\.0 % \(epoch 2\) to \d\d\.\d % while under FGSM it is 100\.0 %\.$", verdict.Reason);
    }

    [Fact]
    public void Catches_a_real_one_a_robust_network_that_six_steps_on_fgsm_without_a_random_start_spoil()
    {
        var golden = SafeTensors.Read(Path.Combine(AppContext.BaseDirectory, "Golden", "attacks.safetensors")).Tensors;
        var (ball, network) = (new Linf(0.15), new StridedCnn());
        using (no_grad())
        {
            foreach (var (name, parameter) in network.named_parameters()) parameter.copy_(golden[$"parameters.{name}"]);
        }
        var data = new Batch(golden["images"].narrow(0, 0, 192).to_type(ScalarType.Float32) / 255, golden["labels"].narrow(0, 0, 192));
        var guard = new CatastrophicOverfittingProbe(data, ball) { Fall = 0.1 };
        var before = guard.Look(network, [], Cancellation);

        using var adam = optim.Adam(network.parameters(), 5e-3);
        for (var start = 0; start < 192; start += 32)
        {
            using var scope = NewDisposeScope();
            var part = data.Slice(start, 32);
            adam.zero_grad();
            var attacked = new Fgsm().Perturb(network.AsVictim(), part.Inputs, part.Labels, new Threat(ball), new Run(), Cancellation);
            nn.functional.cross_entropy(network.call(attacked), part.Labels).backward();
            adam.step();
        }
        var after = guard.Look(network, [Epoch(1, before.Metrics["pgd"])], Cancellation);

        Assert.Equal(1, after.RollBackTo);
        Assert.True(after.Metrics["fgsm"] - after.Metrics["pgd"] > 0.2);
    }

    [Fact]
    public void Goes_on_when_both_fall_or_nothing_does_or_there_is_nothing_to_go_back_to()
    {
        Assert.Null(probe.Look(Weak, [Epoch(1, 0.95)], Cancellation).RollBackTo);
        Assert.Null(probe.Look(Robust, [Epoch(1, 0.95)], Cancellation).RollBackTo);
        Assert.Null(probe.Look(Overfitted, [], Cancellation).RollBackTo);
        Assert.Null(probe.Look(Overfitted, [Epoch(1, 0.6)], Cancellation).RollBackTo);
        Assert.Null(probe.Look(Overfitted, [Epoch(1, null)], Cancellation).RollBackTo);
    }

    [Fact]
    public void Leaves_the_network_training()
    {
        var network = Robust;
        network.train();

        probe.Look(network, [], Cancellation);

        Assert.True(network.training);
        Assert.Empty(network.Trained);
        Assert.Equal(0.3f, heldOut.Inputs.max().item<float>());
    }

    [Fact]
    public void Says_what_its_verdicts_depend_on() => Assert.Equal(
        "CatastrophicOverfittingProbe { Ball = Linf 0.1, Attack = Pgd { Steps = 10, StepSize = 2.5 ε / Steps, RandomStart = True, Momentum = 0 }, Fall = 0.2, Samples = 64 }",
        probe.ToString());

    [Fact]
    public void Refuses_a_fall_that_is_no_share() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CatastrophicOverfittingProbe(heldOut, new Linf(0.1)) { Fall = 20 });

    private static SpiedNetwork Draw(Func<Tensor, Tensor> margin) => new(new InputSpec([1], 0, 1), x => cat([zeros_like(x), margin(x)], 1));

    private static EpochReport Epoch(int number, double? pgd) => new()
    {
        Epoch = number,
        TrainLoss = 1,
        LearningRate = 0.1,
        SamplesPerSecond = 1,
        Seconds = 1,
        Probes = pgd is null ? new Dictionary<string, double>() : new() { ["pgd"] = pgd.Value },
    };
}
