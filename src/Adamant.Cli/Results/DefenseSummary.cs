namespace Adamant.Cli.Results;

/// <summary>What <c>adamant defend --json</c> prints.</summary>
internal sealed record DefenseSummary
{
    public required string Model { get; init; }

    public required string ModelSha256 { get; init; }

    public required string Data { get; init; }

    public required string Defense { get; init; }

    public required string Threat { get; init; }

    public required int Seed { get; init; }

    public required long Samples { get; init; }

    public required Share CleanUndefended { get; init; }

    public required Share CleanDefended { get; init; }

    /// <summary>The share of clean samples that the detector stops; null without one.</summary>
    public Share? FalsePositives { get; init; }

    public required Share RobustUndefended { get; init; }

    public required Share RobustNaive { get; init; }

    public required Share RobustAdaptive { get; init; }

    /// <summary>The lower of the two.</summary>
    public required Share Believe { get; init; }

    public required string NaiveAttack { get; init; }

    public required string AdaptiveAttack { get; init; }

    public double? FailUnder { get; init; }

    public required bool Held { get; init; }
}
