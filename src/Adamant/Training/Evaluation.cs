using System.Runtime.InteropServices;
using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Training;

/// <summary>How well a model answers a data set.</summary>
public sealed record Evaluation
{
    /// <summary>What the labels are: decides which of the numbers exist.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>The number of samples.</summary>
    public required long Samples { get; init; }

    /// <summary>The mean cross-entropy in nats, or the mean squared error in regression.</summary>
    public required double Loss { get; init; }

    /// <summary>The share of right answers; null in regression.</summary>
    public Proportion? Accuracy { get; init; }

    /// <summary>Recall, precision and F1 of each class; empty in regression.</summary>
    public IReadOnlyList<ClassScore> Classes { get; init; } = [];

    /// <summary>The mean F1 of the classes that occur or are answered; null in regression.</summary>
    public double? MacroF1 { get; init; }

    /// <summary>How often each class (row) was answered with each class (column); empty in regression.</summary>
    public IReadOnlyList<IReadOnlyList<long>> Confusion { get; init; } = [];

    /// <summary>The area under the ROC curve: of class 1 with two classes, else the mean of each class against the rest; null where undefined.</summary>
    public double? Auc { get; init; }

    /// <summary>The root of the mean squared error; null in classification.</summary>
    public double? Rmse { get; init; }

    /// <summary>The mean absolute error; null in classification.</summary>
    public double? Mae { get; init; }

    /// <summary>The 95 % interval of <see cref="Rmse"/> over independent samples, by the normal approximation of the squared errors; null in classification and for one sample.</summary>
    public (double Low, double High)? RmseInterval { get; init; }

    /// <summary>The 95 % interval of <see cref="Mae"/>, likewise.</summary>
    public (double Low, double High)? MaeInterval { get; init; }

    /// <summary>e to the loss: among how many equally likely tokens the model wavers; null for other tasks than next tokens.</summary>
    public double? Perplexity => Task == LearningTask.NextToken ? Math.Exp(Loss) : null;

    /// <summary>The loss in bits per token, which is per character where tokens are characters; null for other tasks than next tokens.</summary>
    public double? Bits => Task == LearningTask.NextToken ? Loss / Math.Log(2) : null;

    /// <summary>The numbers that exist by name: <c>accuracy</c>, <c>f1</c>, <c>auc</c>, <c>rmse</c>, <c>mae</c>, <c>perplexity</c>, <c>bits</c>.</summary>
    public IReadOnlyDictionary<string, double> Metrics =>
        new (string Name, double? Value)[] { ("accuracy", Accuracy?.Value), ("f1", MacroF1), ("auc", Auc), ("rmse", Rmse), ("mae", Mae), ("perplexity", Perplexity), ("bits", Bits) }
            .Where(m => m.Value is not null)
            .ToDictionary(m => m.Name, m => m.Value!.Value);

    /// <summary>Asks the model about every sample, without gradients.</summary>
    /// <param name="victim">Scores per class, or <c>[N, 1]</c> in regression.</param>
    /// <param name="data">At least one sample.</param>
    /// <param name="microBatch">Samples per call, at least 1; 256 by default, so that activations stay in the processor's cache.</param>
    /// <param name="cancellation">Stops between two calls.</param>
    /// <exception cref="ArgumentException">The data are empty, or do not fit the model.</exception>
    public static Evaluation Of(IScoring victim, IDataset data, int microBatch = 256, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(microBatch, 1);
        if (data.Count == 0) throw new ArgumentException($"{data.Card.Name}: expected samples, got none.", nameof(data));
        if (data.Card.Task == LearningTask.NextToken) return OfTokens(victim, data, microBatch, cancellation);

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        List<Tensor> outputs = [], labels = [];
        for (var start = 0L; start < data.Count; start += microBatch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var batch = data.Read(start, Math.Min(microBatch, data.Count - start));
            outputs.Add(victim.Logits(batch.Inputs).to_type(ScalarType.Float64).MoveToOuterDisposeScope());
            labels.Add(batch.Labels.MoveToOuterDisposeScope());
        }
        return data.Card.Task == LearningTask.Regression
            ? OfErrors(cat(outputs).reshape(-1), cat(labels).to_type(ScalarType.Float64).reshape(-1))
            : OfScores(cat(outputs), cat(labels), data.Card);
    }

    /// <summary>Sums as it goes: the logits of a whole text would not fit into memory.</summary>
    private static Evaluation OfTokens(IScoring victim, IDataset data, int microBatch, CancellationToken cancellation)
    {
        var (loss, right, count) = (0.0, 0L, 0L);
        for (var start = 0L; start < data.Count; start += microBatch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var batch = data.Read(start, Math.Min(microBatch, data.Count - start));
            var (logits, labels) = (victim.Logits(batch.Inputs).flatten(0, 1), batch.Labels.flatten());
            loss += nn.functional.cross_entropy(logits, labels, ignore_index: Batch.NoLabel, reduction: nn.Reduction.Sum).item<float>();
            right += sum(logits.argmax(1).eq(labels)).item<long>();
            count += sum(labels.ne(Batch.NoLabel)).item<long>();
        }
        return new Evaluation { Task = LearningTask.NextToken, Samples = data.Count, Loss = loss / count, Accuracy = new Proportion(right, count) };
    }

    private static Evaluation OfErrors(Tensor outputs, Tensor targets)
    {
        if (outputs.shape[0] != targets.shape[0])
            throw new ArgumentException($"Expected one output per sample in regression, got {outputs.shape[0]} for {targets.shape[0]}.", nameof(outputs));
        var errors = outputs - targets;
        var squared = errors.square().mean().item<double>();
        var (low, high) = Interval95(errors.square()) ?? default;
        return new Evaluation
        {
            Task = LearningTask.Regression,
            Samples = targets.shape[0],
            Loss = squared,
            Rmse = Math.Sqrt(squared),
            Mae = errors.abs().mean().item<double>(),
            RmseInterval = targets.shape[0] > 1 ? (Math.Sqrt(low), Math.Sqrt(high)) : null,
            MaeInterval = Interval95(errors.abs()),
        };
    }

    /// <summary>Mean ± 1.96 standard errors.</summary>
    private static (double Low, double High)? Interval95(Tensor values)
    {
        if (values.shape[0] < 2) return null;
        var (mean, half) = (values.mean().item<double>(), 1.96 * values.std().item<double>() / Math.Sqrt(values.shape[0]));
        return (Math.Max(0, mean - half), mean + half);
    }

    private static Evaluation OfScores(Tensor logits, Tensor labels, DatasetCard card)
    {
        var classes = (int)logits.shape[1];
        if (labels.min().item<long>() < 0 || labels.max().item<long>() >= classes)
            throw new ArgumentException($"{card.Name}: expected labels in 0..{classes - 1}, got up to {labels.max().item<long>()}.", nameof(labels));

        var logs = logits.log_softmax(1);
        var counts = Values<long>((labels * classes + logits.argmax(1)).bincount(null, classes * classes));
        var confusion = counts.Chunk(classes).ToArray();
        var scores = Enumerable.Range(0, classes).Select(c => new ClassScore(
            c < card.ClassNames.Count ? card.ClassNames[c] : $"{c}",
            new Proportion(confusion[c][c], confusion[c].Sum()),
            new Proportion(confusion[c][c], confusion.Sum(row => row[c])))).ToArray();
        return new Evaluation
        {
            Task = LearningTask.Classification,
            Samples = labels.shape[0],
            Loss = -logs.gather(1, labels.unsqueeze(1)).mean().item<double>(),
            Accuracy = new Proportion(scores.Sum(s => s.Recall.Successes), labels.shape[0]),
            Classes = scores,
            MacroF1 = scores.Select(s => s.F1).Where(f1 => !double.IsNaN(f1)).Average(),
            Confusion = confusion,
            Auc = AucOf(classes == 2 ? logits.select(1, 1).sub(logits.select(1, 0)).unsqueeze(1) : logs, Values<long>(labels)),
        };
    }

    private static double? AucOf(Tensor scores, long[] truth)
    {
        var columns = (int)scores.shape[1];
        return Enumerable.Range(0, columns)
            .Select(c => RankStatistic.Auc(Values<double>(scores.select(1, c)), i => truth[i] == (columns == 1 ? 1 : c)))
            .Average();                                         // of those that are defined; null when none is
    }

    private static T[] Values<T>(Tensor tensor) where T : unmanaged
    {
        using var contiguous = tensor.contiguous();
        return MemoryMarshal.Cast<byte, T>(contiguous.bytes).ToArray();
    }
}
