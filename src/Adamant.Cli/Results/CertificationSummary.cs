using Adamant.Certification;

namespace Adamant.Cli.Results;

/// <summary>What <c>adamant certify --json</c> prints.</summary>
internal sealed record CertificationSummary
{
    public required string Model { get; init; }

    public required string ModelSha256 { get; init; }

    public required string Data { get; init; }

    public required string Certificate { get; init; }

    public required string Threat { get; init; }

    public required string Norm { get; init; }

    public required double Epsilon { get; init; }

    public required int Seed { get; init; }

    public required long Samples { get; init; }

    public required Share CleanAccuracy { get; init; }

    /// <summary>At ε.</summary>
    public required Share CertifiedAccuracy { get; init; }

    /// <summary>At several distances, in rising order.</summary>
    public required IReadOnlyList<AtRadius> Curve { get; init; }

    public required Share Abstentions { get; init; }

    /// <summary>ACR; errors and abstentions count 0.</summary>
    public required double AverageRadius { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Robust accuracy from both sides; null when no attack was asked for.</summary>
    public BracketSummary? Bracket { get; init; }

    public double? FailUnder { get; init; }

    public required bool Held { get; init; }

    /// <summary>One distance.</summary>
    internal sealed record AtRadius(double Radius, Share Certified);

    /// <summary>The attack's side of a bracket, and the interval of both.</summary>
    internal sealed record BracketSummary(string Attack, long AttackedSamples, Share Certified, Share Attacked, double Low, double High)
    {
        public static BracketSummary Of(Bracket bracket) => new(
            bracket.Attack, bracket.Samples.Count(s => !s.IsCertified), Share.Of(bracket.CertifiedAccuracy), Share.Of(bracket.AttackedAccuracy),
            bracket.Interval95.Low, bracket.Interval95.High);
    }
}
