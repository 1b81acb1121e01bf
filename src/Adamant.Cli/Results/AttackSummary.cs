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

    public required string Norm { get; init; }

    public required double Epsilon { get; init; }

    public int? Target { get; init; }

    public required int Seed { get; init; }

    public required long Samples { get; init; }

    public required Share CleanAccuracy { get; init; }

    public required Share RobustAccuracy { get; init; }

    public required Share Success { get; init; }

    public required double MaxPerturbation { get; init; }

    /// <summary>Of a minimum-norm attack without an ε; null for others.</summary>
    public double? MedianDistance { get; init; }

    public required double SamplesPerSecond { get; init; }

    public required double Seconds { get; init; }

    public required long Forwards { get; init; }

    public required long Gradients { get; init; }

    public string? Output { get; init; }

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
            MaxPerturbation = result.MaxPerturbation,
            SamplesPerSecond = result.Throughput,
            Seconds = result.Elapsed.TotalSeconds,
            Forwards = result.Forwards,
            Gradients = result.Gradients,
            Held = true,
        };
}
