using System.Diagnostics;
using Adamant.Data;
using Adamant.Models;
using TorchSharp.Modules;

namespace Adamant.Training;

/// <summary>One training under way: the loop of steps and epochs.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly Network network;
    private readonly TrainingOptions options;
    private readonly IDataset train;
    private readonly IDataset? validation;
    private readonly Parameter[] parameters;
    private readonly OptimizerHelper optimizer;
    private readonly Criterion criterion;
    private readonly Snapshots snapshots = new();
    private readonly Checkpoint? checkpoint;
    private readonly EventFiles? events;
    private readonly long steps;
    private readonly Stopwatch sinceSaved = Stopwatch.StartNew();
    private TrainingState state = new();

    public TrainingRun(Network network, TrainingOptions options, IDataset train, IDataset? validation)
    {
        (this.network, this.options, this.train, this.validation) = (network, options, train, validation);
        var named = network.named_parameters().Where(p => p.parameter.requires_grad).ToArray();
        parameters = [.. named.Select(p => p.parameter)];
        optimizer = options.Optimizer.Create(parameters);
        criterion = new Criterion(train.Card.Task, options);
        steps = (train.Count + options.BatchSize - 1) / options.BatchSize;
        if (options.TensorBoardFolder is { } folder) events = new EventFiles(folder);
        if (options.Checkpoint is { } saving)
            checkpoint = new Checkpoint(saving.Path, network, optimizer, [.. named.Select(p => p.name)], snapshots, Describe());
    }

    /// <summary>Trains until it is over, for whatever reason.</summary>
    public TrainingResult ToEnd(CancellationToken cancellation)
    {
        if (options.Checkpoint is { Resume: true }) state = checkpoint!.Load(options.Epochs, steps) ?? state;
        try
        {
            if (state is { Epoch: 1, Step: 0 }) snapshots.Take(0, network);
            while (state.Ending is null)
            {
                if (RunEpoch(cancellation)) FinishEpoch(cancellation);
            }
            return Result(state.Ending.Value, state.FinalEpoch, state.Reason);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            checkpoint?.Save(state);
            var advice = checkpoint is null ? "" : $" Resume from {options.Checkpoint!.Path} with the same options.";
            return Result(TrainingEnding.Canceled, state.Epoch, $"Canceled in epoch {state.Epoch} of {options.Epochs} after step {state.Step} of {steps}.{advice}");
        }
        finally
        {
            network.zero_grad();
            network.eval();
        }
    }

    public void Dispose()
    {
        optimizer.Dispose();
        criterion.Dispose();
        snapshots.Dispose();
    }

    private bool RunEpoch(CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(options.Seed, -state.Epoch);
        var order = EpochOrder.Of(train, options.BatchSize, generator);
        criterion.Reset((state.Right, state.Answers));
        network.train();
        while (state.Step < steps)
        {
            cancellation.ThrowIfCancellationRequested();
            var watch = Stopwatch.StartNew();
            var loss = RunStep(order, cancellation);
            if (!double.IsFinite(loss))
            {
                EndWithout($"The loss was {loss} at step {state.Step + 1} of epoch {state.Epoch}");
                return false;
            }
            state.Step++;
            state.LossSum += loss;
            (state.Right, state.Answers) = criterion.Answers;
            state.Seconds += watch.Elapsed.TotalSeconds;
            Report();
            if (checkpoint is not null && sinceSaved.Elapsed >= options.Checkpoint!.Every) Save();
        }
        return true;
    }

    private double RunStep(Tensor order, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var number = (state.Epoch - 1) * steps + state.Step;
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = options.Optimizer.LearningRate * options.Schedule.Factor(number, options.Epochs * steps);

        var start = state.Step * options.BatchSize;
        var seed = Seeds.Mix(options.Seed, number);             // of the step: augmentation, dropout and attack each have a stream of their own
        var batch = Augment(train.Read(order.narrow(0, start, Math.Min(options.BatchSize, train.Count - start))), Seeds.Mix(seed, 1));
        manual_seed(Seeds.Mix(seed, 2));                        // dropout has no generator of its own
        var (sum, losses) = (0.0, 0);
        var step = new TrainingStep(criterion.Loss, Seeds.Mix(seed, 3), cancellation) { Done = (double)number / (options.Epochs * steps) };
        foreach (var loss in options.Objective.Losses(network, batch, step))
        {
            var value = loss.to_type(ScalarType.Float64).item<double>();
            if (!double.IsFinite(value)) return value;

            network.zero_grad();
            loss.backward();
            if (options.GradientClip is { } limit) nn.utils.clip_grad_norm_(parameters, limit);
            optimizer.step();
            (sum, losses) = (sum + value, losses + 1);
        }
        return sum / losses;
    }

    private Batch Augment(Batch batch, int seed)
    {
        if (options.Augmentations.Count == 0) return batch;
        using var generator = new Generator((ulong)seed, CPU);
        var inputs = batch.Inputs;
        foreach (var augmentation in options.Augmentations) inputs = augmentation.Apply(inputs, generator);
        return batch with { Inputs = inputs.dtype == ScalarType.Int64 ? inputs : inputs.clamp(network.Input.Min, network.Input.Max) };
    }

    private void FinishEpoch(CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        if (!parameters.All(p => p.isfinite().all().item<bool>()))
        {
            EndWithout($"A weight was no longer a finite number after epoch {state.Epoch}");
            return;
        }
        network.eval();
        var watch = Stopwatch.StartNew();
        var measured = validation is null ? null : Evaluation.Of(network.AsVictim(), validation, cancellation: cancellation);
        var verdicts = options.Probes.Select(probe => probe.Look(network, state.History, cancellation)).ToArray();
        snapshots.Take(state.Epoch, network);
        state.History.Add(new EpochReport
        {
            Epoch = state.Epoch,
            TrainLoss = state.LossSum / steps,
            ValidationLoss = measured?.Loss,
            Validation = measured?.Metrics ?? new Dictionary<string, double>(),
            Probes = verdicts.SelectMany(v => v.Metrics).ToDictionary(m => m.Key, m => m.Value),
            LearningRate = optimizer.ParamGroups.First().LearningRate,
            SamplesPerSecond = train.Count / Math.Max(1e-9, state.Seconds),
            Seconds = state.Seconds + watch.Elapsed.TotalSeconds,
        });
        snapshots.KeepOnly(Kept());
        events?.Write(state.History[^1]);
        Decide(verdicts);
        Save();
    }

    private void Decide(IReadOnlyList<ProbeVerdict> verdicts)
    {
        var last = state.Epoch;
        (state.Epoch, state.Step, state.LossSum, state.Right, state.Answers, state.Seconds) = (last + 1, 0, 0, 0, 0, 0);
        if (verdicts.FirstOrDefault(v => v.RollBackTo is not null) is { RollBackTo: { } target } verdict)
        {
            End(TrainingEnding.RolledBack, target, verdict.Reason ?? $"A probe asked to go back to epoch {target}.");
            return;
        }
        var best = options.EarlyStopping?.Best(state.History) ?? last;
        if (last >= options.Epochs)
            End(TrainingEnding.Completed, best, best == last ? null : $"Epoch {best} had the best {options.EarlyStopping!.Metric}.");
        else if (options.EarlyStopping is { } stopping && last - best >= stopping.Patience)
            End(TrainingEnding.EarlyStopped, best, $"No better {stopping.Metric} for {stopping.Patience} epochs: went back to epoch {best}.");
    }

    private void EndWithout(string reason)
    {
        End(TrainingEnding.RolledBack, state.Epoch - 1, $"{reason}: went back to the weights before it. Lower the learning rate, or clip the gradients.");
        Save();
    }

    private void End(TrainingEnding ending, int epoch, string? reason) =>
        (state.Ending, state.FinalEpoch, state.Reason) = (ending, snapshots.Restore(epoch, network), reason);

    private HashSet<int> Kept()
    {
        HashSet<int> kept = [state.Epoch];
        if (options.EarlyStopping is { } stopping) kept.Add(stopping.Best(state.History));
        if (options.Probes.Count == 0) return kept;
        kept.Add(state.Epoch - 1);
        foreach (var metric in state.History[^1].Probes.Keys)
            kept.Add(state.History.MaxBy(r => r.Probes.GetValueOrDefault(metric, double.NegativeInfinity))!.Epoch);
        return kept;
    }

    private void Save()
    {
        checkpoint?.Save(state);
        sinceSaved.Restart();
    }

    private void Report()
    {
        if (options.Progress is null) return;
        var samples = Math.Min(state.Step * options.BatchSize, train.Count);
        var left = ((options.Epochs - state.Epoch + 1) * steps - state.Step) * state.Seconds / state.Step;
        options.Progress.Report(new TrainingProgress(
            state.Epoch, options.Epochs, state.Step, steps, state.LossSum / state.Step,
            state.Answers == 0 ? null : (double)state.Right / state.Answers, samples / Math.Max(1e-9, state.Seconds), TimeSpan.FromSeconds(left)));
    }

    private TrainingResult Result(TrainingEnding ending, int epoch, string? reason) => new()
    {
        History = [.. state.History],
        Ending = ending,
        Epoch = epoch,
        Reason = reason,
        CheckpointPath = options.Checkpoint?.Path,
    };

    private SortedDictionary<string, string> Describe()
    {
        var all = options.Describe();
        all["network"] = ModelCatalog.TextOf(network);
        all["training data"] = TextOf(train);
        all["validation data"] = validation is null ? "none" : TextOf(validation);
        return all;

        static string TextOf(IDataset data) => $"{data.Card.Name} ({data.Count} rows) {data.Card.Sha256}".TrimEnd();
    }
}
