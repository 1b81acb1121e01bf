using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Adamant.Victims;
using Microsoft.ML.Tokenizers;

namespace Adamant.Texts;

/// <summary>How texts become token numbers: fitted once, on what a model learns from, and kept in the model's card for everything else.</summary>
/// <remarks>
/// Token 0 is padding, which stands behind a text that is shorter than its neighbors in a batch; token 1 is every piece that is not in the vocabulary. Immutable, and
/// safe to use from several threads.
/// </remarks>
public sealed record TextEncoding
{
    /// <summary>The number of the token that stands for nothing.</summary>
    public const int Padding = 0;

    /// <summary>The number of the token that stands for all pieces without a number of their own.</summary>
    public const int Unknown = 1;

    private static readonly string[] Special = ["<pad>", "<unk>"];
    private static readonly PreTokenizer Words = PreTokenizer.CreateWordOrNonWord();
    private readonly FrozenDictionary<string, int> numbers = FrozenDictionary<string, int>.Empty;

    /// <summary>How texts are cut into pieces.</summary>
    public required Splitting Splitting { get; init; }

    /// <summary>The pieces in the order of their numbers; the first two are <c>&lt;pad&gt;</c> and <c>&lt;unk&gt;</c>.</summary>
    public required IReadOnlyList<string> Vocabulary
    {
        get;
        init => (field, numbers) = (value, value.Select((piece, id) => (piece, id)).ToFrozenDictionary(p => p.piece, p => p.id, StringComparer.Ordinal));
    }

    /// <summary>Whether upper and lower case are the same.</summary>
    public bool Lowercase { get; init; } = true;

    /// <summary>The most tokens of one text: what comes after them is cut off.</summary>
    public int MaxLength { get; init; } = 256;

    /// <summary>The input contract of a model that reads these tokens.</summary>
    [JsonIgnore]
    public InputSpec Input => InputSpec.Tokens(Vocabulary.Count);

    /// <summary>Counts the pieces of texts, and numbers the most frequent.</summary>
    /// <param name="texts">Only what the model may learn from.</param>
    /// <param name="options">Sizes and case; the defaults when null.</param>
    public static TextEncoding Fit(IEnumerable<string> texts, TextEncodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options ??= new TextEncodingOptions();
        var empty = new TextEncoding { Splitting = options.Splitting, Vocabulary = Special, Lowercase = options.Lowercase, MaxLength = options.MaxLength };
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            foreach (var (piece, _, _) in empty.Pieces(text)) counts[piece] = counts.GetValueOrDefault(piece) + 1;
        }
        var chosen = counts.Where(c => c.Value >= options.MinCount).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => c.Key).Take(options.MaxVocabulary - Special.Length);
        return empty with { Vocabulary = [.. Special, .. chosen] };
    }

    /// <summary>Cuts a text into tokens, at most <see cref="MaxLength"/>; none for a text of white space.</summary>
    public IReadOnlyList<Token> Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. Pieces(text).Take(MaxLength).Select(p => new Token(numbers.GetValueOrDefault(p.Piece, Unknown), p.Start, p.Length))];
    }

    /// <summary>Encodes texts as one batch, padded at the end.</summary>
    /// <param name="texts">At least one, each with at least one token.</param>
    /// <returns>Shape <c>[N, T]</c>, <c>Int64</c>, T the length of the longest.</returns>
    /// <exception cref="ArgumentException">No text, or one without a token.</exception>
    public Tensor Encode(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0) throw new ArgumentException("Expected at least one text, got none.", nameof(texts));
        var tokens = texts.Select(Tokenize).ToArray();
        if (Array.FindIndex(tokens, t => t.Count == 0) is >= 0 and var row)
            throw new ArgumentException($"Expected a text with at least one word, got an empty one at position {row}. Leave it out.", nameof(texts));
        var length = tokens.Max(t => t.Count);
        var ids = new long[tokens.Length * length];
        for (var i = 0; i < tokens.Length; i++)
        {
            for (var t = 0; t < tokens[i].Count; t++) ids[(i * length) + t] = tokens[i][t].Id;
        }
        return tensor(ids, [tokens.Length, length]);
    }

    /// <summary>Equal when they give the same tokens for every text.</summary>
    public bool Equals(TextEncoding? other) =>
        other is not null && (Splitting, Lowercase, MaxLength) == (other.Splitting, other.Lowercase, other.MaxLength) && Vocabulary.SequenceEqual(other.Vocabulary, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Splitting, Lowercase, MaxLength, Vocabulary.Count);

    /// <summary>For people: <c>Words, 8,000 tokens, at most 256 a text</c>.</summary>
    public override string ToString() => $"{Splitting}, {Vocabulary.Count} tokens, at most {MaxLength} a text";

    private IEnumerable<(string Piece, int Start, int Length)> Pieces(string text)
    {
        var normal = Lowercase ? text.ToLowerInvariant() : text;
        foreach (var (start, length) in Words.PreTokenize(normal)) yield return (normal.Substring(start, length), start, length);
    }
}
