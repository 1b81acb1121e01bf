using Adamant.Attacks.Corruptions;
using Adamant.Data;

namespace Adamant.Cli.Results;

/// <summary>What <c>adamant corrupt --json</c> prints.</summary>
internal sealed record CorruptionSummary
{
    public required string Model { get; init; }

    public required string ModelSha256 { get; init; }

    public required string Data { get; init; }

    public required long Samples { get; init; }

    public required int Seed { get; init; }

    public required Share CleanAccuracy { get; init; }

    public required double MeanError { get; init; }

    public string? Baseline { get; init; }

    /// <summary>Relative to the baseline; null without one.</summary>
    public double? MeanCorruptionError { get; init; }

    public required IReadOnlyList<Score> Scores { get; init; }

    public static CorruptionSummary From(CorruptionEvaluation result, DatasetCard data, string model, string modelSha256, int seed) => new()
    {
        Model = model,
        ModelSha256 = modelSha256,
        Data = data.Name,
        Samples = result.Clean.Trials,
        Seed = seed,
        CleanAccuracy = Share.Of(result.Clean),
        MeanError = result.MeanError,
        Scores = [.. result.Scores.Select(s => new Score(s.Corruption, s.Severity, Share.Of(s.Accuracy)))],
    };

    /// <summary>One corruption at one severity.</summary>
    internal sealed record Score(string Corruption, int Severity, Share Accuracy);
}
