using Adamant.Models;
using Adamant.Training;

namespace Adamant.Cli.Results;

/// <summary>What <c>adamant train --json</c> and <c>adamant harden --json</c> print.</summary>
internal sealed record TrainingSummary
{
    public required string Output { get; init; }

    public required string Sha256 { get; init; }

    public required string Architecture { get; init; }

    public required long Parameters { get; init; }

    public required string Data { get; init; }

    public required string Objective { get; init; }

    public required TrainingEnding Ending { get; init; }

    /// <summary>The epoch whose weights were kept.</summary>
    public required int Epoch { get; init; }

    public string? Reason { get; init; }

    public required double Seconds { get; init; }

    /// <summary>The accuracy of the linear baseline on the samples that were held out; texts only.</summary>
    public Share? LinearBaseline { get; init; }

    public required IReadOnlyList<EpochReport> History { get; init; }
}
