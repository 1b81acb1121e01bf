using Adamant.Texts;

namespace Adamant.Tests.Texts;

public sealed class TextEncodingTests : TensorTest
{
    private static readonly TextEncoding Encoding = TextEncoding.Fit(["the cat sat", "the mat"], new TextEncodingOptions { MinCount = 1 });

    [Fact]
    public void Numbers_words_by_how_often_they_occur()
    {
        Assert.Equal(["<pad>", "<unk>", "the", "cat", "mat", "sat"], Encoding.Vocabulary);
        Assert.Equal([new Token(2, 0, 3), new Token(1, 4, 3), new Token(1, 7, 1)], Encoding.Tokenize("The dog!"));
    }

    [Fact]
    public void Pads_behind_the_shorter_texts_of_a_batch() =>
        Assert.Equal([2, 3, 5, 4, 0, 0], Encoding.Encode(["the cat sat", "mat"]).data<long>().ToArray());

    [Fact]
    public void Byte_pair_encoding_merges_the_most_frequent_pairs_first()
    {
        // "ab" occurs 3 times; then "ab" and "c" stand together twice, and the space before "abc" but once. It belongs to the word after it.
        var encoding = TextEncoding.Fit(["abc abc ab"], new TextEncodingOptions { Splitting = Splitting.Bpe, MinCount = 2 });

        Assert.Equal(["<pad>", "<unk>", "a", "b", "c", "▁", "ab", "abc"], encoding.Vocabulary);
        Assert.Equal([("abc", 0, 3), ("▁", 3, 1), ("ab", 4, 2), ("<unk>", 6, 1)], Pieces(encoding, "abc abx"));
        Assert.Equal("abc ab", encoding.Decode(encoding.Tokenize("abc ab").Select(t => t.Id)));
    }

    [Fact]
    public void WordPiece_takes_the_longest_pieces_of_a_given_vocabulary()
    {
        var encoding = new TextEncoding { Splitting = Splitting.WordPiece, Vocabulary = ["<pad>", "<unk>", "un", "##able", "##a", "the"] };

        Assert.Equal([("the", 0, 3), ("un", 4, 2), ("##able", 6, 4), ("<unk>", 11, 3)], Pieces(encoding, "The unable dog"));
        Assert.Equal("the unable", encoding.Decode([5, 2, 3, 0, 0]));
    }

    [Fact]
    public void WordPiece_learns_pieces_that_continue_words()
    {
        var encoding = TextEncoding.Fit(["aab aab aac"], new TextEncodingOptions { Splitting = Splitting.WordPiece, MinCount = 2 });

        Assert.Equal(["<pad>", "<unk>", "##a", "a", "##b", "aa", "aab"], encoding.Vocabulary);
    }

    [Fact]
    public void Characters_are_whole_even_beyond_the_first_plane()
    {
        var encoding = TextEncoding.Fit(["a 😀"], new TextEncodingOptions { Splitting = Splitting.Characters, MinCount = 1 });

        Assert.Equal([("😀", 0, 2), (" ", 2, 1), ("a", 3, 1)], Pieces(encoding, "😀 a"));
        Assert.Equal("😀 a", encoding.Decode(encoding.Tokenize("😀 a").Select(t => t.Id)));
    }

    [Fact]
    public void A_public_vocabulary_that_is_not_there_is_told_with_its_package()
    {
        var e = Assert.Throws<NotSupportedException>(() => TextEncoding.Fit(["a"], new TextEncodingOptions { Splitting = Splitting.O200k }));

        Assert.Contains("Microsoft.ML.Tokenizers.Data.O200kBase", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_of_100_000_tokens_is_cut_and_says_so()
    {
        var tokens = Encoding.Tokenize(string.Concat(Enumerable.Repeat("the cat ", 50_000)), out var cut);

        Assert.Equal((256, true), (tokens.Count, cut));
        Encoding.Tokenize("the cat", out cut);
        Assert.False(cut);
    }

    [Fact]
    public void A_word_of_a_million_letters_is_one_unknown_token()
    {
        var encoding = TextEncoding.Fit(["aa aa"], new TextEncodingOptions { Splitting = Splitting.Bpe });

        Assert.Equal([new Token(1, 0, 1_000_000)], encoding.Tokenize(new string('a', 1_000_000)));
    }

    [Theory]
    [InlineData(new[] { "<pad>", "<unk>", "a", "a" }, "the piece 3 twice")]
    [InlineData(new[] { "<pad>", "a" }, "begins with <pad> and <unk>")]
    [InlineData(new[] { "<pad>", "<unk>", "" }, "an empty piece")]
    [InlineData(new[] { "<pad>", "<unk>", null }, "an empty piece")]
    public void Refuses_a_vocabulary_that_is_none(string?[] vocabulary, string why) =>
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => new TextEncoding { Splitting = Splitting.Words, Vocabulary = vocabulary! }).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_sizes_that_are_none()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Encoding with { MaxLength = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Encoding with { MaxLength = int.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>(() => Encoding with { Splitting = (Splitting)77 });
        Assert.Throws<ArgumentOutOfRangeException>(() => TextEncoding.Fit(["a"], new TextEncodingOptions { MaxVocabulary = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Encoding.Decode([6]));
        Assert.Throws<ArgumentException>(() => Encoding.Encode([" "]));
    }

    private static (string, int, int)[] Pieces(TextEncoding encoding, string text) => [.. encoding.Tokenize(text).Select(t => (encoding.Vocabulary[t.Id], t.Start, t.Length))];
}
