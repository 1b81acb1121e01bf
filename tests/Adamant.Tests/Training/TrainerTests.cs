using Adamant.Data;
using Adamant.Data.Augmentations;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Training;

public sealed class TrainerTests : TrainingTest
{
    [Fact]
    public void One_step_is_the_one_computed_by_hand()
    {
        // f(x) = wx + b with w = b = 0, one sample x = 1, y = 2: the squared error is 4, both gradients are −4, and SGD with rate 0.1 makes both 0.4.
        using var network = new LineNetwork();
        using var data = Targets(ones(1, 1), tensor(new[] { 2f }));

        var result = new Trainer(new TrainingOptions { Epochs = 1, Optimizer = new Sgd(0.1, Momentum: 0) }).Fit(network, data, cancellation: Cancellation);

        Assert.Equal([0.4f, 0.4f], network.parameters().Select(p => p.detach().item<float>()));
        Assert.Equal(4, result.History.Single().TrainLoss, 6);
        Assert.Equal(0.1, result.History.Single().LearningRate);
    }

    [Fact]
    public void A_clipped_gradient_is_shorter()
    {
        // As above: the gradient (−4, −4) has norm 4√2; clipped to √2 it is (−1, −1).
        using var network = new LineNetwork();
        using var data = Targets(ones(1, 1), tensor(new[] { 2f }));
        var options = new TrainingOptions { Epochs = 1, Optimizer = new Sgd(0.1, Momentum: 0), GradientClip = Math.Sqrt(2) };
        new Trainer(options).Fit(network, data, cancellation: Cancellation);

        Assert.All(network.parameters(), p => Assert.Equal(0.1f, p.detach().item<float>(), 1e-5f));
    }

    [Fact]
    public void Learns_two_clouds()
    {
        using var network = Tiny(Plane);
        using var data = Clouds();
        var result = new Trainer(new TrainingOptions { Epochs = 20, BatchSize = 16, Optimizer = new Adam(0.01), ValidationFraction = 0.25 })
            .Fit(network, data, cancellation: Cancellation);

        Assert.Equal((TrainingEnding.Completed, 20, null), (result.Ending, result.Epoch, result.Reason));
        Assert.Equal(1.0, result.History[^1].Validation["accuracy"]);
        Assert.True(result.History[^1].TrainLoss < result.History[0].TrainLoss / 2);
        Assert.False(network.training);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        var options = new TrainingOptions { Epochs = 2, BatchSize = 7, Augmentations = [new RandomCrop(1), new HorizontalFlip(), new Cutout(2), new GaussianNoise()] };
        float[] Train(int seed)
        {
            using var network = Tiny(InputSpec.Image(1, 6, 6), dropout: 0.5);
            using var data = Images();
            new Trainer(options with { Seed = seed }).Fit(network, data, cancellation: Cancellation);
            return network.Weights();
        }

        var first = Train(1);
        manual_seed(99);                                        // what others drew does not matter
        Assert.Equal(first, Train(1));
        Assert.NotEqual(first, Train(2));
    }

    [Fact]
    public void The_data_set_is_only_read()
    {
        using var network = Tiny(InputSpec.Image(1, 6, 6));
        using var data = Images();
        using var before = data.ReadAll();
        new Trainer(new TrainingOptions { Epochs = 1, Augmentations = [new GaussianNoise(), new Cutout(3)] }).Fit(network, data, cancellation: Cancellation);
        using var after = data.ReadAll();

        Assert.True(before.Inputs.eq(after.Inputs).all().item<bool>() && before.Labels.eq(after.Labels).all().item<bool>());
    }

    [Fact]
    public void Live_tensors_stay_flat_over_steps_and_epochs()
    {
        using var network = Tiny(InputSpec.Image(1, 6, 6), dropout: 0.2);
        using var data = Images();
        List<long> live = [];
        var options = new TrainingOptions
        {
            Epochs = 4,
            BatchSize = 8,
            Optimizer = new Sgd(),
            GradientClip = 1,
            Augmentations = [new RandomCrop(1), new HorizontalFlip()],
            ValidationFraction = 0.2,
            Progress = new Listener<TrainingProgress>(_ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount)),
        };
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        new Trainer(options).Fit(network, data, cancellation: Cancellation);

        Assert.Single(live[4..16].Where((_, i) => i % 4 == 3).Distinct());  // the last step of the epochs 2 to 4
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_thousand_steps_leave_nothing_behind()
    {
        // A step reads half a megabyte: if steps kept their batch, a thousand of them would keep 500 MB.
        var size = InputSpec.Image(1, 64, 64);
        using var data = Labeled(rand(320, 1, 64, 64), arange(320) % 2, size, 2);
        using var network = Tiny(size);
        var (live, resident) = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, Environment.WorkingSet);
        new Trainer(new TrainingOptions { Epochs = 100, BatchSize = 32, Optimizer = new Sgd(0.01) }).Fit(network, data, cancellation: Cancellation);

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.InRange(Environment.WorkingSet - resident, long.MinValue, 250_000_000);      // other tests run beside this one
    }

    [Fact]
    public void Every_sample_is_seen_once_per_epoch_in_a_new_order()
    {
        var objective = new Recorder();
        using var network = Tiny(InputSpec.Features(1));
        using var data = Labeled(arange(10, dtype: ScalarType.Float32).reshape(10, 1), zeros(10, ScalarType.Int64), InputSpec.Features(1), 2);
        new Trainer(new TrainingOptions { Epochs = 2, BatchSize = 4, Objective = objective }).Fit(network, data, cancellation: Cancellation);

        Assert.Equal([4, 4, 2, 4, 4, 2], objective.Batches.Select(b => b.Length));
        var (first, second) = (objective.Batches.Take(3).SelectMany(b => b).ToArray(), objective.Batches.Skip(3).SelectMany(b => b).ToArray());
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (float)i), first.Order());
        Assert.Equal(first.Order(), second.Order());
        Assert.NotEqual(first, second);
        Assert.Equal(6, objective.Seeds.Distinct().Count());
    }

    [Fact]
    public void Reports_its_progress()
    {
        List<TrainingProgress> reports = [];
        using var network = Tiny(Plane);
        using var data = Clouds(40);
        new Trainer(new TrainingOptions { Epochs = 2, BatchSize = 16, Progress = new Listener<TrainingProgress>(reports.Add) })
            .Fit(network, data, cancellation: Cancellation);

        Assert.Equal([(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)], reports.Select(r => (r.Epoch, (int)r.Step)));
        Assert.All(reports, r => Assert.Equal((2, 3L), (r.Epochs, r.Steps)));
        Assert.All(reports, r => Assert.InRange(r.Accuracy!.Value, 0, 1));
        Assert.All(reports, r => Assert.True(r.SamplesPerSecond > 0));
        Assert.Equal(TimeSpan.Zero, reports[^1].Left);
        Assert.True(reports[0].Left > TimeSpan.Zero);
    }

    [Fact]
    public void Smoothing_and_weights_change_the_loss_as_computed_by_hand()
    {
        // Logits (0, 0): −log ½ whatever the smoothing. Logits (0, ln 3), y = 1: −log ¾; smoothed by 0.2: −0.9·log ¾ − 0.1·log ¼.
        using var smooth = new Criterion(LearningTask.Classification, new TrainingOptions { LabelSmoothing = 0.2 });
        var logits = tensor(new[] { 0f, MathF.Log(3) }).reshape(1, 2);
        Assert.Equal(-0.9 * Math.Log(0.75) - 0.1 * Math.Log(0.25), smooth.Loss(logits, tensor(new[] { 1L })).item<float>(), 5);
        Assert.Equal((1, 1), smooth.Answers);

        // Weights (1, 3): the weighted mean of −log ¼ (class 0) and −log ¾ (class 1).
        using var weighted = new Criterion(LearningTask.Classification, new TrainingOptions { ClassWeights = [1, 3] });
        var loss = weighted.Loss(cat([logits, logits]), tensor(new[] { 0L, 1L })).item<float>();
        Assert.Equal((-Math.Log(0.25) - 3 * Math.Log(0.75)) / 4, loss, 5);
    }

    [Fact]
    public void Writes_event_files()
    {
        using var folder = new TemporaryFolder();
        using var network = Tiny(Plane);
        using var data = Clouds();
        new Trainer(new TrainingOptions { Epochs = 2, ValidationFraction = 0.2, TensorBoardFolder = folder["events"] }).Fit(network, data, cancellation: Cancellation);

        var files = Directory.GetFiles(folder["events"], "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.Contains("loss/validation", string.Concat(files.Select(f => File.ReadAllText(f, System.Text.Encoding.Latin1))));
    }

    public static TheoryData<TrainingOptions, string> Invalid => new()
    {
        { new TrainingOptions { Epochs = 0 }, "Epochs at least 1, got 0" },
        { new TrainingOptions { BatchSize = 0 }, "BatchSize at least 1, got 0" },
        { new TrainingOptions { GradientClip = 0 }, "GradientClip above 0" },
        { new TrainingOptions { LabelSmoothing = 1 }, "LabelSmoothing in [0, 1)" },
        { new TrainingOptions { ClassWeights = [1, -1] }, "ClassWeights at least 0 each, got [1, -1]" },
        { new TrainingOptions { ClassWeights = [1] }, "one class weight for each of the 2 outputs, got 1" },
        { new TrainingOptions { ValidationFraction = -0.1 }, "ValidationFraction in [0, 1)" },
        { new TrainingOptions { ValidationFraction = 0.999 }, "leaves training samples" },
        { new TrainingOptions { EarlyStopping = new EarlyStopping(0) }, "patience of at least 1" },
        { new TrainingOptions { EarlyStopping = new EarlyStopping() }, "give a validation set" },
        { new TrainingOptions { EarlyStopping = new EarlyStopping(1, "rmse"), ValidationFraction = 0.2 }, "Choose one of: loss, accuracy, f1, auc" },
        { new TrainingOptions { Schedule = new CosineSchedule(Floor: -1) }, "Schedule with factors of at least 0" },
        { new TrainingOptions { Augmentations = [new HorizontalFlip()] }, "HorizontalFlip expects images" },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Options_that_cannot_work_are_refused_before_the_first_step(TrainingOptions options, string expected)
    {
        using var network = Tiny(Plane);
        using var data = Clouds();
        var before = network.Weights();
        var error = Assert.ThrowsAny<ArgumentException>(() => new Trainer(options).Fit(network, data, cancellation: Cancellation));

        Assert.Contains(expected, error.Message);
        Assert.Equal(before, network.Weights());
    }

    [Fact]
    public void Data_that_do_not_fit_are_refused_before_the_first_step()
    {
        using var network = Tiny(Plane);
        using var data = Clouds();
        using var wide = Labeled(zeros(4, 3), zeros(4, ScalarType.Int64), InputSpec.Features(3), 2);
        using var many = Labeled(zeros(4, 2), tensor(new[] { 0L, 1L, 1L, 5L }), Plane, 6);
        using var targets = Targets(zeros(4, 2), zeros(4));

        Assert.Contains("expected samples, got none", Refused(data.Take(0)));
        Assert.Contains("Expected inputs of shape [N, 2], got [4, 3]", Refused(wide));
        Assert.Contains("row 3: label 5 is not in 0..1", Refused(many));
        Assert.Contains("1 output for regression, got 2", Refused(targets));
        Assert.Contains("Leave them out in regression", Refused(targets, new TrainingOptions { LabelSmoothing = 0.1 }));

        string Refused(IDataset bad, TrainingOptions? options = null) =>
            Assert.ThrowsAny<ArgumentException>(() => new Trainer(options ?? new TrainingOptions()).Fit(network, bad, cancellation: Cancellation)).Message;
    }

    private sealed class LineNetwork : Network
    {
        private readonly nn.Module<Tensor, Tensor> line = Linear([[0]], [0]);

        public LineNetwork() : base(nameof(LineNetwork)) => register_module(nameof(line), line);

        public override InputSpec Input { get; } = InputSpec.Features(1);

        public override int Outputs => 1;

        public override Tensor forward(Tensor input) => line.call(input);
    }

    private sealed class Recorder : IObjective
    {
        public List<float[]> Batches { get; } = [];

        public List<int> Seeds { get; } = [];

        public Tensor Loss(Network network, Batch batch, TrainingStep step)
        {
            Batches.Add(batch.Inputs.data<float>().ToArray());
            Seeds.Add(step.Seed);
            return new PlainObjective().Loss(network, batch, step);
        }
    }
}
