using System.Collections.Concurrent;
using Microsoft.ML.Tokenizers;

namespace Adamant.Texts;

/// <summary>Cuts texts as the language models of a public vocabulary do; which of its pieces get a number is up to the corpus.</summary>
/// <param name="name"><c>cl100k_base</c> or <c>o200k_base</c>.</param>
internal sealed class TiktokenSplitter(string name) : ISplitter
{
    /// <summary>Texts are read in parts that end before a space: merging a word takes the square of its length, and the end of a long text is mostly cut off.</summary>
    private const int Part = 1000;

    private static readonly ConcurrentDictionary<string, TiktokenTokenizer> Loaded = new(StringComparer.Ordinal);

    private readonly TiktokenTokenizer tokenizer = Loaded.GetOrAdd(name, Load);

    public IEnumerable<(string Piece, int Start, int Length)> Split(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = EndOfPart(text, start);
            foreach (var token in tokenizer.EncodeToTokens(text[start..end], out _))
            {
                var (from, to) = (token.Offset.Start.Value, token.Offset.End.Value);
                yield return (token.Value, start + from, to - from);
            }
            start = end;
        }
    }

    public string Join(IEnumerable<string> pieces) => string.Concat(pieces);

    /// <summary>Before the first single space after <see cref="Part"/> characters, where words end anyway; in the midst of a word that goes on for as much again.</summary>
    private static int EndOfPart(string text, int start)
    {
        var last = Math.Min(text.Length, start + (2 * Part));
        for (var end = start + Part; end + 1 < last; end++)
        {
            if (text[end] == ' ' && !char.IsWhiteSpace(text[end - 1]) && !char.IsWhiteSpace(text[end + 1])) return end;
        }
        return last < text.Length && char.IsLowSurrogate(text[last]) ? last - 1 : last;
    }

    private static TiktokenTokenizer Load(string name)
    {
        try
        {
            return TiktokenTokenizer.CreateForEncoding(name);
        }
        catch (InvalidOperationException e)
        {
            var package = name.StartsWith('c') ? "Cl100kBase" : "O200kBase";
            throw new NotSupportedException($"The vocabulary {name} is not part of this program. Reference the package Microsoft.ML.Tokenizers.Data.{package}, or choose another tokenizer.", e);
        }
    }
}
