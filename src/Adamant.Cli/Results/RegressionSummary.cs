using Adamant.Attacks.Evasion;
using Adamant.Data;

namespace Adamant.Cli.Results;

/// <summary>What <c>adamant attack --json</c> prints of a model that forecasts a number.</summary>
internal sealed record RegressionSummary
{
    public required string Model { get; init; }

    public required string ModelSha256 { get; init; }

    public required string Data { get; init; }

    public required string Attack { get; init; }

    public required string Threat { get; init; }

    public string? Constraints { get; init; }

    public required int Seed { get; init; }

    public required long Samples { get; init; }

    public required double CleanRmse { get; init; }

    public required double AdversarialRmse { get; init; }

    public required double CleanMae { get; init; }

    public required double AdversarialMae { get; init; }

    public required double WorstIncrease { get; init; }

    public double? Tolerance { get; init; }

    /// <summary>The forecasts whose error is at most the tolerance after the attack; null without one.</summary>
    public Share? Within { get; init; }

    public Share? LegalRows { get; init; }

    public required double MaxPerturbation { get; init; }

    public required double Seconds { get; init; }

    public required long Forwards { get; init; }

    public required long Gradients { get; init; }

    public string? Output { get; init; }

    public double? FailUnder { get; init; }

    public bool Held { get; init; } = true;

    public static RegressionSummary From(RegressionResult result, DatasetCard data, string model, string modelSha256, int seed) => new()
    {
        Model = model,
        ModelSha256 = modelSha256,
        Data = data.Name,
        Attack = result.Attack,
        Threat = $"{result.Threat.Ball}",
        Seed = seed,
        Samples = result.Samples.Count,
        CleanRmse = result.CleanRmse,
        AdversarialRmse = result.AdversarialRmse,
        CleanMae = result.CleanMae,
        AdversarialMae = result.AdversarialMae,
        WorstIncrease = result.WorstIncrease,
        MaxPerturbation = result.MaxPerturbation,
        Seconds = result.Elapsed.TotalSeconds,
        Forwards = result.Forwards,
        Gradients = result.Gradients,
    };
}
