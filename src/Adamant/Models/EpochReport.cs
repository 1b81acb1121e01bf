namespace Adamant.Models;

/// <summary>What one epoch of training came to: a point of the learning curves.</summary>
public sealed record EpochReport
{
    /// <summary>From 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The mean of the objective over the epoch's batches.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>The mean loss on the validation set; null without one.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Metrics on the validation set by name (<c>accuracy</c>, <c>auc</c>, <c>f1</c>, <c>rmse</c>), shares from 0 to 1.</summary>
    public IReadOnlyDictionary<string, double> Validation { get; init; } = new Dictionary<string, double>();

    /// <summary>What probes measured after the epoch, by name, e.g. <c>pgd</c>.</summary>
    public IReadOnlyDictionary<string, double> Probes { get; init; } = new Dictionary<string, double>();

    /// <summary>The learning rate of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Training samples per second, without validation and probes.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>The whole epoch in seconds, with validation and probes.</summary>
    public required double Seconds { get; init; }
}
