namespace Adamant.Texts;

/// <summary>How a text is cut into the pieces that a vocabulary counts.</summary>
public enum Splitting
{
    /// <summary>Runs of letters and digits, and runs of other signs; white space separates and is no token.</summary>
    Words,

    /// <summary>Pieces of words by byte-pair encoding, learned from the texts; a space belongs to the word after it, so that nothing is lost.</summary>
    Bpe,

    /// <summary>Pieces of words by longest match, learned from the texts or given; pieces that continue a word begin with <c>##</c>.</summary>
    WordPiece,

    /// <summary>The pieces of the public vocabulary <c>cl100k_base</c>, as far as they occur in the texts.</summary>
    Cl100k,

    /// <summary>The pieces of the public vocabulary <c>o200k_base</c>, as far as they occur in the texts.</summary>
    O200k,

    /// <summary>One token for each Unicode character, white space included.</summary>
    Characters,
}
