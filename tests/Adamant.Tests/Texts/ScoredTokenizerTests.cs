using System.Text;
using Adamant.Texts;
using FsCheck.Xunit;

namespace Adamant.Tests.Texts;

public sealed class ScoredTokenizerTests
{
    [Fact]
    public void Joins_the_best_pair_first()
    {
        // "ab" has the better score than "bc": " abc" is " ", "ab", "c". After it " ab" is the last pair that is a piece.
        var tokenizer = Of((" ", 0), ("a", 0), ("b", 0), ("c", 0), ("bc", -2), ("ab", -1), (" ab", -3));

        Assert.Equal([1, 265, 262], tokenizer.Encode("abc"));
        Assert.Equal("abc", string.Concat(tokenizer.Decode(tokenizer.Encode("abc"))));
    }

    [Fact]
    public void Joins_the_leftmost_of_equals()
    {
        var tokenizer = Of((" ", 0), ("a", 0), ("aa", -1));

        Assert.Equal([1, 259, 261, 260], tokenizer.Encode("aaa"));
    }

    [Fact]
    public void Falls_back_to_bytes_for_what_it_does_not_know()
    {
        var tokenizer = Of((" ", 0));

        Assert.Equal([1, 259, 3 + 0xC3, 3 + 0xA9], tokenizer.Encode("é"));
        Assert.Equal(["", "é"], tokenizer.Decode(tokenizer.Encode("é")).ToArray());
    }

    [Fact]
    public void A_space_that_only_separates_is_dropped_at_the_beginning_alone()
    {
        var tokenizer = Of((" ", 0), ("a", 0), (" a", -1));

        Assert.Equal("a a", string.Concat(tokenizer.Decode([1, 261, 261])));
        Assert.Equal(" a", string.Concat(tokenizer.Decode([261])));
        Assert.Equal("a", string.Concat(tokenizer.Decode([261], after: ScoredTokenizer.Begin)));
    }

    [Property(MaxTest = 100)]
    public void Every_text_comes_back(string? text)
    {
        var tokenizer = Of((" ", 0), ("a", 0), ("b", 0), ("ab", -1), ("aba", -2));
        var whole = string.Concat((text ?? "").EnumerateRunes());       // half a surrogate pair becomes U+FFFD, as it has no bytes

        Assert.Equal(whole, string.Concat(tokenizer.Decode(tokenizer.Encode(whole))));
    }

    [Fact]
    public void A_long_text_takes_a_moment()
    {
        var tokenizer = Of((" ", 0), ("a", 0), ("b", 0), ("ab", -1), ("abab", -2));

        var tokens = tokenizer.Encode(string.Concat(Enumerable.Repeat("ab", 50_000)));

        Assert.Equal(2 + 25_000, tokens.Count);
    }

    [Fact]
    public void Refuses_a_vocabulary_without_bytes_and_a_token_without_a_piece()
    {
        Assert.Contains("at least 259", Assert.Throws<ArgumentException>(() => new ScoredTokenizer([("a", 0)])).Message, StringComparison.Ordinal);
        Assert.Contains("finite scores", Assert.Throws<ArgumentException>(() => Of((" ", float.NaN))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Of((" ", 0)).Decode([260]).ToArray());
    }

    [Fact]
    public void Text_cut_within_a_character_is_held_back()
    {
        var tokenizer = Of((" ", 0));
        int[] bytes = [.. Encoding.UTF8.GetBytes("€").Select(b => 3 + b)];

        Assert.Empty(tokenizer.Decode(bytes[..2]));
        Assert.Equal(["€"], tokenizer.Decode(bytes));
    }

    private static ScoredTokenizer Of(params (string, float)[] pieces) =>
        new([("<unk>", 0), ("<s>", 0), ("</s>", 0), .. Enumerable.Range(0, 256).Select(b => ($"<0x{b:X2}>", 0f)), .. pieces]);
}
