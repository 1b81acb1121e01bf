namespace Adamant.Texts;

/// <summary>How <see cref="WordVectors.Fit"/> learns.</summary>
public sealed record WordVectorOptions
{
    /// <summary>The numbers per word; 100 by default.</summary>
    public int Dimensions { get; init; } = 100;

    /// <summary>How far apart two words may stand to keep company; 4 by default.</summary>
    public int Window { get; init; } = 4;

    /// <summary>The most words: memory grows with its square, 144 MB at 6,000, the default.</summary>
    public int MaxWords { get; init; } = 6_000;

    /// <summary>How often a word must occur; 2 by default.</summary>
    public int MinCount { get; init; } = 2;

    /// <summary>Fixes the random start of the decomposition.</summary>
    public int Seed { get; init; }
}
