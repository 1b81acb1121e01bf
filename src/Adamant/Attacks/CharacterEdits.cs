using System.Text;

namespace Adamant.Attacks;

/// <summary>Characters may be substituted, inserted, deleted, and swapped with their neighbor: at most max(1, ⌊share · characters⌋) of them.</summary>
/// <remarks>
/// Optimal string alignment on Unicode scalar values, white space included. A sign that is seen as one may be several of them.
/// Source: Boytsov, "Indexing Methods for Approximate Dictionary Searching", ACM Journal of Experimental Algorithmics 16, 2011, §2.2.
/// </remarks>
/// <param name="Share">The edits that are allowed as a share of the characters, e.g. 0.05.</param>
public sealed record CharacterEdits(double Share) : Edits(Share)
{
    /// <inheritdoc/>
    public override string Unit => "characters";

    /// <inheritdoc/>
    public override int Length(string text) => text.EnumerateRunes().Count();

    /// <inheritdoc/>
    public override int Measure(string original, string moved) =>
        EditDistance.Of<Rune>([.. original.EnumerateRunes()], [.. moved.EnumerateRunes()], swaps: true);
}
