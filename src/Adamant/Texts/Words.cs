using System.Text;
using Microsoft.ML.Tokenizers;

namespace Adamant.Texts;

/// <summary>The words of a text as people count them, whatever a model makes of them: runs of letters and digits, and runs of other signs.</summary>
public static class Words
{
    private static readonly PreTokenizer Cutter = PreTokenizer.CreateWordOrNonWord();

    /// <summary>Cuts a text into its words; white space separates and is part of none.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. Spans(text).Select(s => text.Substring(s.Start, s.Length))];
    }

    /// <summary>Where the words are.</summary>
    internal static IEnumerable<(int Start, int Length)> Spans(string text) => Cutter.PreTokenize(text);

    /// <summary>Whether there is anything but white space.</summary>
    internal static bool Any(string text) => Spans(text).Any();

    /// <summary>The text with one word in place of another, and everything else as it was.</summary>
    internal static string Replace(string text, int start, int length, string by) =>
        new StringBuilder(text.Length + by.Length).Append(text, 0, start).Append(by).Append(text, start + length, text.Length - start - length).ToString();

    /// <summary>The text without a word, and without one of the two spaces around it.</summary>
    internal static string Delete(string text, int start, int length)
    {
        var (left, right) = (text[..start], text[(start + length)..]);
        if (left.Length == 0 || char.IsWhiteSpace(left[^1])) return left + right.TrimStart();
        return right.Length == 0 || char.IsWhiteSpace(right[0]) ? left + right : $"{left} {right}";
    }

    /// <summary>The text with one more word, in front of the one that starts at <paramref name="start"/>.</summary>
    internal static string Insert(string text, int start, string word)
    {
        var left = text[..start];
        return left + (left.Length == 0 || char.IsWhiteSpace(left[^1]) ? "" : " ") + word + " " + text[start..];
    }
}
