using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Adamant.Texts;

/// <summary>Cuts each word into the pieces of a learned vocabulary: byte-pair encoding, or WordPiece.</summary>
internal sealed partial class SubwordSplitter : ISplitter
{
    /// <summary>Stands for a space in pieces of byte-pair encoding, so that words know what was before them.</summary>
    public const char Space = '▁';

    /// <summary>Stands before pieces of WordPiece that continue a word.</summary>
    public const string Continuing = "##";

    /// <summary>A longer word is unknown as a whole: nobody wrote it, and merging it would take long.</summary>
    public const int LongestWord = 100;

    private readonly Tokenizer tokenizer;
    private readonly bool spaced;
    private readonly string unknown;

    private SubwordSplitter(Tokenizer tokenizer, bool spaced, string unknown) => (this.tokenizer, this.spaced, this.unknown) = (tokenizer, spaced, unknown);

    /// <summary>Byte-pair encoding with the merges that the order of the vocabulary tells.</summary>
    public static SubwordSplitter Bpe(IReadOnlyList<string> vocabulary, string unknown) => new(
        BpeTokenizer.Create(new BpeOptions(vocabulary.Select((piece, id) => KeyValuePair.Create(piece, id))) { Merges = PairMerger.MergesOf(vocabulary), UnknownToken = unknown }), true, unknown);

    /// <summary>WordPiece: the longest piece first.</summary>
    public static SubwordSplitter WordPiece(IReadOnlyList<string> vocabulary, string unknown) => new(
        WordPieceTokenizer.Create(
            new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', vocabulary.Where(piece => !piece.AsSpan().ContainsAny('\r', '\n'))))),
            new WordPieceOptions { UnknownToken = unknown, ContinuingSubwordPrefix = Continuing, MaxInputCharsPerWord = LongestWord }), false, unknown);

    /// <summary>The words of a text, for byte-pair encoding with the space before them, so that nothing is lost.</summary>
    public static IEnumerable<(string Word, int Start)> Words(string text, bool spaced)
    {
        if (!spaced)
        {
            foreach (var (start, length) in WordSplitter.Cut(text)) yield return (text.Substring(start, length), start);
            yield break;
        }
        for (var match = Spaced().Match(text); match.Success; match = match.NextMatch()) yield return (match.Value.Replace(' ', Space), match.Index);
    }

    public IEnumerable<(string Piece, int Start, int Length)> Split(string text)
    {
        foreach (var (word, start) in Words(text, spaced))
        {
            if (word.Length > LongestWord)
            {
                yield return (unknown, start, word.Length);
                continue;
            }
            foreach (var token in tokenizer.EncodeToTokens(word, out _, considerPreTokenization: false, considerNormalization: false))
                yield return (token.Value, start + token.Offset.Start.Value, token.Offset.End.Value - token.Offset.Start.Value);
        }
    }

    public string Join(IEnumerable<string> pieces) => spaced
        ? string.Concat(pieces).Replace(Space, ' ')
        : string.Join(' ', pieces).Replace(" " + Continuing, "", StringComparison.Ordinal);

    [GeneratedRegex(@"\s?\w+|\s?[^\w\s]+|\s+(?!\S)|\s")]
    private static partial Regex Spaced();
}
