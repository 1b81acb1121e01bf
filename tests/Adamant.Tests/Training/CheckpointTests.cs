using System.Diagnostics;
using Adamant.Data.Augmentations;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Training;

public sealed partial class CheckpointTests : TrainingTest, IDisposable
{
    private static readonly InputSpec Pictures = InputSpec.Image(1, 6, 6);

    private readonly TemporaryFolder folder = new();

    private string Path => folder["training.safetensors"];

    public static TheoryData<OptimizerOptions> Optimizers => [new Sgd(0.05, 0.9, 1e-3), new Sgd(0.05, Momentum: 0), new Adam(0.01), new AdamW(0.01)];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_resumed_training_gives_the_same_weights_bit_by_bit(OptimizerOptions optimizer)
    {
        var options = Options() with { Optimizer = optimizer };
        var (straight, whole) = Train(options with { Checkpoint = null });

        var (_, canceled) = Train(options, stopAt: (2, 3));
        Assert.Equal((TrainingEnding.Canceled, 2, Path), (canceled.Ending, canceled.Epoch, canceled.CheckpointPath));
        Assert.Equal($"Canceled in epoch 2 of 3 after step 3 of 5. Resume from {Path} with the same options.", canceled.Reason);
        var (resumed, rest) = Train(Resumed(options), initialSeed: 77);

        Assert.Equal(straight, resumed);
        Assert.Equal(TrainingEnding.Completed, rest.Ending);
        Assert.Equal(whole.History.Select(Numbers), rest.History.Select(Numbers));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]                                          // after the last step of an epoch, before its validation
    [InlineData(3, 5)]
    public void It_does_not_matter_where_it_was_interrupted(int epoch, int step)
    {
        var (straight, _) = Train(Options() with { Checkpoint = null });
        Train(Options(), stopAt: (epoch, step));
        Assert.Equal(straight, Train(Resumed(Options())).Weights);
    }

    [Fact]
    public void Interruptions_may_repeat()
    {
        var (straight, _) = Train(Options() with { Checkpoint = null });
        Train(Options(), stopAt: (1, 2));
        Train(Resumed(Options()), stopAt: (2, 1));
        Train(Resumed(Options()), stopAt: (3, 4));
        Assert.Equal(straight, Train(Resumed(Options())).Weights);
    }

    [Fact]
    public void A_finished_training_is_not_run_again()
    {
        var (weights, _) = Train(Options());
        var steps = 0;
        var (again, result) = Train(Resumed(Options()) with { Progress = new Listener<TrainingProgress>(_ => steps++) }, initialSeed: 5);

        Assert.Equal(0, steps);
        Assert.Equal(weights, again);
        Assert.Equal((TrainingEnding.Completed, 3), (result.Ending, result.History.Count));
    }

    [Fact]
    public void Early_stopping_finds_the_best_epoch_again_after_a_pause()
    {
        var options = Options() with { Epochs = 12, Optimizer = new Sgd(0.5), EarlyStopping = new EarlyStopping(2, "accuracy") };
        var (straight, whole) = Train(options with { Checkpoint = null });
        Train(options, stopAt: (2, 2));
        var (resumed, result) = Train(Resumed(options));

        Assert.Equal((whole.Ending, whole.Epoch, whole.Reason), (result.Ending, result.Epoch, result.Reason));
        Assert.Equal(straight, resumed);
    }

    [Fact]
    public void Without_Resume_a_training_starts_anew()
    {
        var (straight, _) = Train(Options());
        Train(Options(), stopAt: (2, 3));
        Assert.Equal(straight, Train(Options()).Weights);
    }

    [Fact]
    public void Resuming_without_a_file_starts_at_the_beginning() => Assert.Equal(Train(Options()).Weights, Train(Resumed(Options(folder["none.safetensors"]))).Weights);

    [Fact]
    public void A_crash_while_saving_leaves_the_last_checkpoint()
    {
        Train(Options(), stopAt: (2, 3));
        var before = File.ReadAllBytes(Path);

        // What a crash between writing and renaming leaves behind: a half-written neighbor, which resuming must not look at.
        File.WriteAllBytes(folder[".training.safetensors.a1b2c3d4.tmp"], before[..100]);
        Assert.Equal(Train(Options() with { Checkpoint = null }).Weights, Train(Resumed(Options())).Weights);
    }

    [Fact]
    public void Killed_again_and_again_it_still_comes_to_the_same_weights()
    {
        var (straight, _) = Train(Options() with { Epochs = 20, Checkpoint = null });
        foreach (var milliseconds in new[] { 10, 60 })
        {
            var before = File.Exists(Path) ? File.GetLastWriteTimeUtc(Path) : DateTime.MinValue;
            using var child = StartChild();
            while (!File.Exists(Path) || File.GetLastWriteTimeUtc(Path) == before)
            {
                Assert.False(child.HasExited && !File.Exists(Path), "The child wrote no checkpoint.");
                Cancellation.ThrowIfCancellationRequested();
                if (child.HasExited) break;
                Thread.Sleep(5);
            }
            Thread.Sleep(milliseconds);
            child.Kill();                                       // SIGKILL: nothing is cleaned up
            child.WaitForExit();
        }
        Assert.Equal(straight, Train(Resumed(Options()) with { Epochs = 20 }).Weights);
    }

    /// <summary>Not a test: what the child process of the test above runs. It saves after every step.</summary>
    [Fact(Explicit = true)]
    public void Train_until_killed()
    {
        var options = Resumed(Options(Environment.GetEnvironmentVariable("ADAMANT_TEST_CHECKPOINT")));
        Train(options with { Epochs = 20, Checkpoint = options.Checkpoint! with { Every = TimeSpan.Zero } });
    }

    private Process StartChild()
    {
        var dll = typeof(CheckpointTests).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", ["exec", dll, "-method", $"*.{nameof(Train_until_killed)}", "-explicit", "only"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ADAMANT_TEST_CHECKPOINT"] = Path;
        return Process.Start(start)!;
    }

    [Fact]
    public void Saves_within_an_epoch_when_the_time_has_come()
    {
        List<bool> exists = [];
        var options = Options() with
        {
            Epochs = 1,
            Checkpoint = new Checkpointing(Path) { Every = TimeSpan.Zero },
            Progress = new Listener<TrainingProgress>(_ => exists.Add(File.Exists(Path))),
        };
        Train(options);
        Assert.Equal([false, true, true, true, true], exists);  // the report of a step comes before its checkpoint
    }

    [Fact]
    public void A_missing_folder_is_refused_before_the_first_step()
    {
        Assert.Throws<DirectoryNotFoundException>(() => Train(Options(System.IO.Path.Combine(folder["missing"], "a.safetensors"))));
    }

    void IDisposable.Dispose()
    {
        folder.Dispose();
        Dispose();
        GC.SuppressFinalize(this);
    }

    private TrainingOptions Options(string? path = null) => new()
    {
        Epochs = 3,
        BatchSize = 8,
        Optimizer = new Adam(0.01),
        Schedule = new WarmUp(new CosineSchedule(), 0.2),
        ValidationFraction = 0.1,
        GradientClip = 1,
        Augmentations = [new RandomCrop(1), new GaussianNoise(0.05)],
        Seed = 4,
        Checkpoint = new Checkpointing(path ?? Path),
    };

    private static TrainingOptions Resumed(TrainingOptions options) => options with { Checkpoint = options.Checkpoint! with { Resume = true } };

    private static string Refused(TrainingOptions options, int samples = 40, int outputs = 2)
    {
        var error = Assert.Throws<InvalidDataException>(() => Train(options, samples: samples, outputs: outputs));
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    private static (float[] Weights, TrainingResult Result) Train(
        TrainingOptions options, (int, int)? stopAt = null, int initialSeed = 3, int samples = 40, int outputs = 2)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        if (stopAt is { } at) options = options with { Progress = new Listener<TrainingProgress>(p => { if ((p.Epoch, (int)p.Step) == at) source.Cancel(); }) };
        using var network = Tiny(Pictures, outputs, dropout: 0.5, seed: initialSeed);
        using var data = Images(samples);
        var result = new Trainer(options).Fit(network, data, cancellation: source.Token);
        return (network.Weights(), result);
    }

    private static (int, double, double?, double) Numbers(EpochReport report) =>
        (report.Epoch, report.TrainLoss, report.ValidationLoss, report.LearningRate);
}
