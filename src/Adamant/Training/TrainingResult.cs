using Adamant.Models;

namespace Adamant.Training;

/// <summary>What a training came to; the weights are in the network.</summary>
public sealed record TrainingResult
{
    /// <summary>The finished epochs in order.</summary>
    public required IReadOnlyList<EpochReport> History { get; init; }

    /// <summary>Why it ended.</summary>
    public required TrainingEnding Ending { get; init; }

    /// <summary>The epoch (from 1) whose weights the network holds: 0 for those it came with; the unfinished epoch after a cancellation.</summary>
    public required int Epoch { get; init; }

    /// <summary>Why, in one sentence for people; null when all epochs were run.</summary>
    public string? Reason { get; init; }

    /// <summary>The last checkpoint; null when none was asked for.</summary>
    public string? CheckpointPath { get; init; }
}
