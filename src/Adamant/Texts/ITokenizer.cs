namespace Adamant.Texts;

/// <summary>Turns a prompt into the tokens of a language model, and its tokens back into text.</summary>
public interface ITokenizer
{
    /// <summary>The token at which a text ends; null where texts have no end.</summary>
    int? Stop { get; }

    /// <summary>The tokens of a text, after the token that begins one where the model has such a token.</summary>
    /// <param name="text">May be empty where a text has a beginning.</param>
    /// <exception cref="ArgumentException">The text has no tokens.</exception>
    IReadOnlyList<int> Encode(string text);

    /// <summary>The text of tokens, piece by piece as they come: lazy, so that a stream of tokens becomes a stream of text.</summary>
    /// <param name="tokens">Not all of them need to exist yet.</param>
    /// <param name="after">The token before the first, as a space that only separates is dropped at the beginning of a text; null when it is unknown.</param>
    /// <returns>Whole characters; nothing for tokens that are no text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary; thrown while the pieces are read.</exception>
    IEnumerable<string> Decode(IEnumerable<int> tokens, int? after = null);
}
