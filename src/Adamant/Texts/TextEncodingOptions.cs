namespace Adamant.Texts;

/// <summary>How an encoding is fitted to texts.</summary>
public sealed record TextEncodingOptions
{
    /// <summary>How texts are cut into pieces; <see cref="Splitting.Words"/> by default.</summary>
    public Splitting Splitting { get; init; }

    /// <summary>The most tokens of the vocabulary, padding and unknown included; 20,000 by default.</summary>
    public int MaxVocabulary { get; init; } = 20_000;

    /// <summary>How often a piece must occur to get a number of its own, at least 1; 2 by default.</summary>
    public int MinCount { get; init; } = 2;

    /// <summary>Whether upper and lower case are the same; yes by default.</summary>
    public bool Lowercase { get; init; } = true;

    /// <summary>The most tokens of one text: what comes after them is cut off; 256 by default.</summary>
    public int MaxLength { get; init; } = 256;

    /// <summary>Refuses values outside their ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Says which option, and what it may be.</exception>
    internal void Check()
    {
        if (MaxVocabulary is < 3 or > TextEncoding.Limit) throw new ArgumentOutOfRangeException(nameof(MaxVocabulary), $"Expected a vocabulary of 3 to {TextEncoding.Limit} tokens, got {MaxVocabulary}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MinCount, 1);
    }
}
