using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Adamant.Victims;

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

    /// <summary>The most pieces of a vocabulary, and the most tokens of a text.</summary>
    public const int Limit = 1_000_000;

    private static readonly string[] Special = ["<pad>", "<unk>"];
    private FrozenDictionary<string, int> numbers = FrozenDictionary<string, int>.Empty;
    private ISplitter? splitter;                                // made on first use, from what is set by then

    /// <summary>How texts are cut into pieces.</summary>
    /// <exception cref="ArgumentOutOfRangeException">None of the ways that there are.</exception>
    public required Splitting Splitting
    {
        get;
        init => (field, splitter) = (Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), $"Expected a way to split texts, got {value}."), null);
    }

    /// <summary>
    /// The pieces in the order of their numbers; the first two are <c>&lt;pad&gt;</c> and <c>&lt;unk&gt;</c>. For byte-pair encoding the order says how pieces merge: each longer piece
    /// comes after the two that it is made of.
    /// </summary>
    /// <exception cref="ArgumentException">A piece is missing, empty or there twice, or there are too many.</exception>
    public required IReadOnlyList<string> Vocabulary
    {
        get;
        init => (field, numbers, splitter) = (value, NumbersOf(value), null);
    }

    /// <summary>Whether upper and lower case are the same.</summary>
    public bool Lowercase { get; init; } = true;

    /// <summary>The most tokens of one text, 1 to <see cref="Limit"/>: what comes after them is cut off.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of that range.</exception>
    public int MaxLength
    {
        get;
        init => field = value is >= 1 and <= Limit ? value : throw new ArgumentOutOfRangeException(nameof(value), $"Expected texts of 1 to {Limit} tokens, got {value}.");
    } = 256;

    /// <summary>The input contract of a model that reads these tokens.</summary>
    [JsonIgnore]
    public InputSpec Input => InputSpec.Tokens(Vocabulary.Count);

    private ISplitter Splitter => splitter ??= Splitting switch
    {
        Splitting.Bpe => SubwordSplitter.Bpe(Vocabulary, Special[Unknown]),
        Splitting.WordPiece => SubwordSplitter.WordPiece(Vocabulary, Special[Unknown]),
        Splitting.Cl100k => new TiktokenSplitter("cl100k_base"),
        Splitting.O200k => new TiktokenSplitter("o200k_base"),
        Splitting.Characters => new CharacterSplitter(),
        _ => new WordSplitter(),
    };

    /// <summary>Counts the pieces of texts, and numbers the most frequent; or learns pieces of words from them.</summary>
    /// <param name="texts">Only what the model may learn from.</param>
    /// <param name="options">Sizes and case; the defaults when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TextEncoding Fit(IEnumerable<string> texts, TextEncodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options ??= new TextEncodingOptions();
        options.Check();
        var empty = new TextEncoding { Splitting = options.Splitting, Vocabulary = Special, Lowercase = options.Lowercase, MaxLength = options.MaxLength };
        var learns = options.Splitting is Splitting.Bpe or Splitting.WordPiece;
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var normal = empty.Normal(text);
            var pieces = learns ? SubwordSplitter.Words(normal, options.Splitting == Splitting.Bpe).Select(w => w.Word) : empty.Splitter.Split(normal).Select(p => p.Piece);
            foreach (var piece in pieces) counts[piece] = counts.GetValueOrDefault(piece) + 1;
        }
        var room = options.MaxVocabulary - Special.Length;
        var chosen = options.Splitting switch
        {
            Splitting.Bpe => PairMerger.Learn(counts, room, options.MinCount),
            Splitting.WordPiece => PairMerger.Learn(counts, room, options.MinCount, SubwordSplitter.Continuing),
            _ => counts.Where(c => c.Value >= options.MinCount).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key).Take(room),
        };
        return empty with { Vocabulary = [.. Special, .. chosen.Except(Special)] };
    }

    /// <summary>Cuts a text into tokens, at most <see cref="MaxLength"/>; none for a text of white space.</summary>
    /// <exception cref="NotSupportedException">The public vocabulary that the splitting needs is not part of the program.</exception>
    public IReadOnlyList<Token> Tokenize(string text) => Tokenize(text, out _);

    /// <summary>Cuts a text into tokens, and says whether there were more than <see cref="MaxLength"/>.</summary>
    public IReadOnlyList<Token> Tokenize(string text, out bool cut)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<Token>();
        cut = false;
        if (string.IsNullOrWhiteSpace(text)) return tokens;
        foreach (var (piece, start, length) in Splitter.Split(Normal(text)))
        {
            cut = tokens.Count == MaxLength;
            if (cut) break;
            tokens.Add(new Token(numbers.GetValueOrDefault(piece, Unknown), start, length));
        }
        return tokens;
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

    /// <summary>A text of these tokens, without padding.</summary>
    /// <param name="ids">Numbers of the vocabulary.</param>
    /// <remarks>
    /// Gives back what was encoded, as far as it is in the vocabulary, for <see cref="Splitting.Characters"/>, <see cref="Splitting.Bpe"/>, <see cref="Splitting.Cl100k"/> and
    /// <see cref="Splitting.O200k"/>; with one space between words for the others.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is not in the vocabulary.</exception>
    public string Decode(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return Splitter.Join(ids.Where(id => id != Padding).Select(id => id > 0 && id < Vocabulary.Count
            ? Vocabulary[id]
            : throw new ArgumentOutOfRangeException(nameof(ids), $"Expected tokens in 0..{Vocabulary.Count - 1}, got {id}.")));
    }

    /// <summary>Equal when they give the same tokens for every text.</summary>
    public bool Equals(TextEncoding? other) =>
        other is not null && (Splitting, Lowercase, MaxLength) == (other.Splitting, other.Lowercase, other.MaxLength) && Vocabulary.SequenceEqual(other.Vocabulary, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Splitting, Lowercase, MaxLength, Vocabulary.Count);

    /// <summary>For people: <c>Words, 8,000 tokens, at most 256 a text</c>.</summary>
    public override string ToString() => $"{Splitting}, {Vocabulary.Count:N0} tokens, at most {MaxLength:N0} a text";

    private string Normal(string text) => Lowercase ? text.ToLowerInvariant() : text;

    private static FrozenDictionary<string, int> NumbersOf(IReadOnlyList<string> vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (vocabulary.Count > Limit) throw new ArgumentException($"Expected a vocabulary of at most {Limit} pieces, got {vocabulary.Count}.", nameof(vocabulary));
        if (vocabulary.Any(string.IsNullOrEmpty)) throw new ArgumentException("Expected a vocabulary of texts, got an empty piece.", nameof(vocabulary));
        if (!vocabulary.Take(Special.Length).SequenceEqual(Special)) throw new ArgumentException($"Expected a vocabulary that begins with {string.Join(" and ", Special)}, got another one.", nameof(vocabulary));
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (id, piece) in vocabulary.Index())
        {
            if (!numbers.TryAdd(piece, id)) throw new ArgumentException($"Expected a vocabulary of different pieces, got the piece {id} twice.", nameof(vocabulary));
        }
        return numbers.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
