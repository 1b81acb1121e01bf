using System.Text;

namespace Adamant.Attacks.Evasion;

/// <summary>A text as words and what stands between them: words keep their numbers while they are replaced. Immutable.</summary>
internal sealed class Passage
{
    private readonly string[] gaps;                             // one more than words

    /// <summary>Cuts a text.</summary>
    public Passage(string text)
    {
        var (words, between, end) = (new List<string>(), new List<string>(), 0);
        foreach (var (start, length) in Texts.Words.Spans(text))
        {
            between.Add(text[end..start]);
            words.Add(text.Substring(start, length));
            end = start + length;
        }
        (Words, gaps) = (words, [.. between, text[end..]]);
    }

    private Passage(IReadOnlyList<string> words, string[] gaps) => (Words, this.gaps, IsChanged) = (words, gaps, true);

    /// <summary>The words in their order.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Whether a word was replaced.</summary>
    public bool IsChanged { get; }

    /// <summary>The same text with another word at a position.</summary>
    public Passage With(int position, string word) => new([.. Words.Take(position), word, .. Words.Skip(position + 1)], gaps);

    /// <summary>The text without one word.</summary>
    public string Without(int position) => With(position, "").ToString();

    /// <summary>The text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Words.Count; i++) text.Append(gaps[i]).Append(Words[i]);
        return text.Append(gaps[^1]).ToString();
    }
}
