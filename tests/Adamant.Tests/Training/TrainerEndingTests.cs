using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Tests.Training;

public sealed class TrainerEndingTests : TrainingTest
{
    [Fact]
    public void Stops_early_and_goes_back_to_the_best_epoch()
    {
        List<float[]> weights = [];
        using var network = Tiny(Plane);
        using var data = Clouds();
        var probe = new Scripted(n => weights.Add(((TinyNetwork)n).Weights()), [0.1, 0.5, 0.5, 0.4, 0.9]);
        var result = new Trainer(new TrainingOptions { Epochs = 9, Probes = [probe], EarlyStopping = new EarlyStopping(2, "scripted") })
            .Fit(network, data, cancellation: Cancellation);

        Assert.Equal((TrainingEnding.EarlyStopped, 2, 4), (result.Ending, result.Epoch, result.History.Count));
        Assert.Equal(weights[1], network.Weights());
        Assert.Equal("No better scripted for 2 epochs: went back to epoch 2.", result.Reason);
    }

    [Fact]
    public void A_probe_can_roll_back()
    {
        List<float[]> weights = [];
        using var network = Tiny(Plane);
        using var data = Clouds();
        var probe = new Scripted(n => weights.Add(((TinyNetwork)n).Weights()), [0.5, 0.6, 0.4, 0]) { RollBack = (4, 2) };
        var result = new Trainer(new TrainingOptions { Epochs = 9, Probes = [probe] }).Fit(network, data, cancellation: Cancellation);

        Assert.Equal((TrainingEnding.RolledBack, 2, "It fell."), (result.Ending, result.Epoch, result.Reason));
        Assert.Equal(4, result.History.Count);
        Assert.Equal(0.6, result.History[1].Probes["scripted"]);
        Assert.Equal(weights[1], network.Weights());
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_training_at_the_last_good_weights()
    {
        using var network = Tiny(Plane);
        using var data = Clouds();                              // 4 steps per epoch: step 6 is the second of epoch 2
        float[] good = [];
        var objective = new Failing(6, () => double.NaN);
        var probe = new Scripted(n => good = ((TinyNetwork)n).Weights(), [1, 1]);
        var result = new Trainer(new TrainingOptions { Epochs = 9, BatchSize = 16, Objective = objective, Probes = [probe] })
            .Fit(network, data, cancellation: Cancellation);

        Assert.Equal((TrainingEnding.RolledBack, 1), (result.Ending, result.Epoch));
        Assert.StartsWith("The loss was NaN at step 2 of epoch 2", result.Reason);
        Assert.Equal(good, network.Weights());
    }

    [Fact]
    public void Weights_that_overflow_go_back_to_the_initial_ones()
    {
        using var network = Tiny(Plane);
        using var data = Clouds();
        var initial = network.Weights();
        var result = new Trainer(new TrainingOptions { Epochs = 1, Optimizer = new Sgd(100), Objective = new Failing(1, () => 1e38) })
            .Fit(network, data, cancellation: Cancellation);

        Assert.Equal((TrainingEnding.RolledBack, 0), (result.Ending, result.Epoch));
        Assert.Equal(initial, network.Weights());
    }

    [Fact]
    public void Cancellation_says_how_far_it_came()
    {
        using var source = new CancellationTokenSource();
        using var network = Tiny(Plane);
        using var data = Clouds();
        var progress = new Listener<TrainingProgress>(p => { if (p is { Epoch: 2, Step: 3 }) source.Cancel(); });
        var result = new Trainer(new TrainingOptions { Epochs = 3, BatchSize = 16, Progress = progress }).Fit(network, data, cancellation: source.Token);

        Assert.Equal((TrainingEnding.Canceled, 2), (result.Ending, result.Epoch));
        Assert.Equal("Canceled in epoch 2 of 3 after step 3 of 4.", result.Reason);
        Assert.Null(result.CheckpointPath);
        Assert.Single(result.History);
    }

    [Fact]
    public void A_training_canceled_before_its_first_step_changes_nothing()
    {
        using var network = Tiny(Plane);
        using var data = Clouds();
        var before = network.Weights();
        var result = new Trainer(new TrainingOptions()).Fit(network, data, cancellation: new CancellationToken(true));

        Assert.Equal((TrainingEnding.Canceled, 1, 0), (result.Ending, result.Epoch, result.History.Count));
        Assert.Equal(before, network.Weights());
    }

    private sealed class Failing(int at, Func<double> factor) : IObjective
    {
        private int calls;

        public Tensor Loss(Network network, Batch batch, TrainingStep step) =>
            new PlainObjective().Loss(network, batch, step) * (++calls == at ? factor() : 1.0);
    }

    private sealed class Scripted(Action<Network> look, double[] values) : IEpochProbe
    {
        public (int At, int To)? RollBack { get; init; }

        public ProbeVerdict Look(Network network, IReadOnlyList<EpochReport> history, CancellationToken cancellation)
        {
            look(network);
            var metrics = new Dictionary<string, double> { ["scripted"] = values[history.Count] };
            return RollBack?.At == history.Count + 1 ? new ProbeVerdict(metrics, RollBack.Value.To, "It fell.") : new ProbeVerdict(metrics);
        }
    }
}
