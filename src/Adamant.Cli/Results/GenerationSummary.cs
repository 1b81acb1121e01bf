namespace Adamant.Cli.Results;

/// <summary>What <c>adamant generate --json</c> prints.</summary>
internal sealed record GenerationSummary
{
    public required string Model { get; init; }

    public required string Prompt { get; init; }

    /// <summary>Without the prompt.</summary>
    public required string Text { get; init; }

    /// <summary>How many were written.</summary>
    public required int Tokens { get; init; }

    public required double Seconds { get; init; }

    public required double TokensPerSecond { get; init; }

    public required double Temperature { get; init; }

    public int? TopK { get; init; }

    public required double TopP { get; init; }

    public required int Seed { get; init; }
}
