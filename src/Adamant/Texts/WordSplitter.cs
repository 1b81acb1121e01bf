using Microsoft.ML.Tokenizers;

namespace Adamant.Texts;

/// <summary>Runs of letters and digits, and runs of other signs.</summary>
internal sealed class WordSplitter : ISplitter
{
    private static readonly PreTokenizer Words = PreTokenizer.CreateWordOrNonWord();

    /// <summary>Where the words of a text stand.</summary>
    public static IEnumerable<(int Start, int Length)> Cut(string text) => Words.PreTokenize(text);

    public IEnumerable<(string Piece, int Start, int Length)> Split(string text)
    {
        foreach (var (start, length) in Cut(text)) yield return (text.Substring(start, length), start, length);
    }

    public string Join(IEnumerable<string> pieces) => string.Join(' ', pieces);
}
