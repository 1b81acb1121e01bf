namespace Adamant.Texts;

/// <summary>One piece for each Unicode scalar value, white space included; half a surrogate pair stands for nothing and is U+FFFD.</summary>
internal sealed class CharacterSplitter : ISplitter
{
    public IEnumerable<(string Piece, int Start, int Length)> Split(string text)
    {
        var start = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            yield return (rune.ToString(), start, rune.Utf16SequenceLength);
            start += rune.Utf16SequenceLength;
        }
    }

    public string Join(IEnumerable<string> pieces) => string.Concat(pieces);
}
