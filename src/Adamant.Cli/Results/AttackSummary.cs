using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;

namespace Adamant.Cli.Results;

/// <summary>What <c>adamant attack --json</c> prints.</summary>
internal sealed record AttackSummary
{
    public required string Model { get; init; }

    public required string ModelSha256 { get; init; }

    public required string Data { get; init; }

    public required string Attack { get; init; }

    public required string Threat { get; init; }

    public string? Constraints { get; init; }

    public required string Norm { get; init; }

    public required double Epsilon { get; init; }

    public int? Target { get; init; }

    public required int Seed { get; init; }

    public required long Samples { get; init; }

    public required Share CleanAccuracy { get; init; }

    public required Share RobustAccuracy { get; init; }

    public required Share Success { get; init; }

    /// <summary>The class that keeps least; null without classes.</summary>
    public ClassShare? WorstClass { get; init; }

    /// <summary>The moved samples that can exist, by the constraints; null without them.</summary>
    public Share? LegalRows { get; init; }

    public required double MaxPerturbation { get; init; }

    /// <summary>Over the samples that the model gets right; null where half of them stand.</summary>
    public double? MedianPerturbation { get; init; }

    /// <summary>Over the samples that fell; null for attacks that do not count questions.</summary>
    public double? MedianQueries { get; init; }

    /// <summary>The time that was allowed, in seconds; null for as long as it takes.</summary>
    public double? Budget { get; init; }

    /// <summary>What was not run because the time was up: those samples count as robust.</summary>
    public required IReadOnlyList<NotRun> NotRun { get; init; }

    public required double SamplesPerSecond { get; init; }

    public required double Seconds { get; init; }

    public required long Forwards { get; init; }

    public required long Gradients { get; init; }

    /// <summary>What makes the score doubtful; empty when nothing does.</summary>
    public required IReadOnlyList<AttackWarning> Warnings { get; init; }

    public string? Output { get; init; }

    public string? Evidence { get; init; }

    public double? FailUnder { get; init; }

    public required bool Held { get; init; }

    /// <summary>A few attacked texts as word diffs; null for other samples.</summary>
    public IReadOnlyList<string>? Examples { get; init; }

    public static AttackSummary From(Judgment result, Ball ball, DatasetCard data, string model, string modelSha256, int seed) =>
        From(result, $"{ball}", ball.Norm, ball.Radius, data, model, modelSha256, seed);

    public static AttackSummary From(Judgment result, Edits edits, DatasetCard data, string model, string modelSha256, int seed) =>
        From(result, $"{edits}", edits.Unit, edits.Share, data, model, modelSha256, seed);

    private static AttackSummary From(
        Judgment result, string threat, string norm, double size, DatasetCard data, string model, string modelSha256, int seed) => new()
        {
            Model = model,
            ModelSha256 = modelSha256,
            Data = data.Name,
            Attack = result.Attack,
            Threat = threat,
            Norm = norm,
            Epsilon = size,
            Seed = seed,
            Samples = result.Samples.Count,
            CleanAccuracy = Share.Of(result.CleanAccuracy),
            RobustAccuracy = Share.Of(result.RobustAccuracy),
            Success = Share.Of(result.Success),
            WorstClass = ClassShare.Worst(result, data.ClassNames),
            MaxPerturbation = result.MaxPerturbation,
            MedianPerturbation = double.IsFinite(result.MedianPerturbation) ? result.MedianPerturbation : null,
            MedianQueries = result.MedianQueries,
            NotRun = result.NotRun,
            SamplesPerSecond = result.Throughput,
            Seconds = result.Elapsed.TotalSeconds,
            Forwards = result.Forwards,
            Gradients = result.Gradients,
            Warnings = result.Warnings,
            Held = true,
        };
}
