using Adamant.Texts;

namespace Adamant.Attacks;

/// <summary>Words may be put in place of others, inserted and deleted: at most max(1, ⌊share · words⌋) of them.</summary>
/// <remarks>
/// Levenshtein's distance on <see cref="Words"/>, which tell upper from lower case. White space between words is not counted: for models that read it, count
/// characters. Nothing is asked of the meaning: three bad words in a friendly sentence of twenty may change what a person reads; <see cref="NearWordEdits"/> bounds that.
/// Source: Levenshtein, "Binary codes capable of correcting deletions, insertions, and reversals", Soviet Physics Doklady 10, 1966.
/// </remarks>
/// <param name="Share">The edits that are allowed as a share of the words, e.g. 0.15.</param>
public sealed record WordEdits(double Share) : Edits(Share)
{
    /// <inheritdoc/>
    public override string Unit => "words";

    /// <inheritdoc/>
    public override int Length(string text) => Words.Spans(text).Count();

    /// <inheritdoc/>
    public override int Measure(string original, string moved) => EditDistance.Of<string>([.. Words.Of(original)], [.. Words.Of(moved)]);
}
