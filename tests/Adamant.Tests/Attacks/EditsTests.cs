using Adamant.Attacks;
using Adamant.Data;
using Adamant.Texts;

namespace Adamant.Tests.Attacks;

public sealed class EditsTests : TensorTest
{
    [Theory]
    [InlineData("the movie is good", "the movie is good", 0)]
    [InlineData("the movie is good", "the film is good", 1)]
    [InlineData("the movie is good", "the movie good", 1)]
    [InlineData("the movie is good", "the movie is really good", 1)]
    [InlineData("the movie is good", "movie the is good", 2)]
    [InlineData("the movie is good", "the  movie\tis good ", 0)]
    [InlineData("the movie is good", "the movie is Good", 1)]
    [InlineData("the movie is good", "the movie is good;bad;awful", 4)]        // what hides behind one blank is counted all the same
    [InlineData("the movie is good", "themovieisgood", 4)]
    [InlineData("good", "", 1)]
    public void Words_are_counted_by_Levenshtein(string original, string moved, int expected) =>
        Assert.Equal(expected, new WordEdits(0.5).Measure(original, moved));

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("form", "from", 1)]
    [InlineData("ca", "abc", 3)]                                               // no part is edited twice: Damerau's full distance would be 2
    [InlineData("paypal", "pаypal", 1)]
    [InlineData("bad", "b\u200Bad", 1)]
    [InlineData("😀!", "😁!", 1)]
    [InlineData("", "abc", 3)]
    public void Characters_are_counted_by_optimal_string_alignment(string original, string moved, int expected) =>
        Assert.Equal(expected, new CharacterEdits(0.5).Measure(original, moved));

    [Theory]
    [InlineData(0.15, "one two three four five six seven", 1)]
    [InlineData(0.15, "one two three four five six seven eight nine ten eleven twelve thirteen fourteen", 2)]
    [InlineData(0.5, "one two three four", 2)]
    [InlineData(0.3, "a b c d e f g h i j", 3)]                                // 0.3 · 10 is 2.9999999999999996 or 3
    [InlineData(0.01, "one", 1)]
    [InlineData(0, "one two three", 0)]
    [InlineData(0.1, "", 1)]
    public void Allow_at_least_one_edit(double share, string text, int expected) => Assert.Equal(expected, new WordEdits(share).Allowed(text));

    [Fact]
    public void The_band_finds_what_the_whole_table_finds()
    {
        var random = new SplitMix(1);
        for (var i = 0; i < 400; i++)
        {
            string Letters() => string.Concat(Enumerable.Range(0, random.Below(40)).Select(_ => (char)('a' + random.Below(3))));
            var (a, b) = (Letters(), Letters());

            foreach (var swaps in new[] { false, true }) Assert.Equal(Table(a, b, swaps), EditDistance.Of<char>(a, b, swaps));
        }
    }

    [Fact]
    public void A_long_text_with_few_edits_is_cheap()
    {
        var text = string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"w{i}"));
        var moved = "new " + text.Replace("w50000 ", "", StringComparison.Ordinal) + " end";

        Assert.Equal(3, new WordEdits(0.15).Measure(text, moved));
    }

    [Fact]
    public void Near_words_stand_in_for_each_other_one_for_one()
    {
        var vectors = new WordVectors(["good", "fine", "bad"], tensor(new float[,] { { 1, 0 }, { 0.8f, 0.6f }, { 0, 1 } }));
        var edits = new NearWordEdits(0.5, vectors, 0.7);

        Assert.Equal(1, edits.Measure("a good one", "a fine one"));
        Assert.Equal(2, edits.Measure("good Good", "fine fine"));
        Assert.Equal(int.MaxValue, edits.Measure("a good one", "a bad one"));          // cosine 0
        Assert.Equal(int.MaxValue, edits.Measure("a good one", "a goood one"));        // unknown
        Assert.Equal(int.MaxValue, edits.Measure("a good one", "a good"));             // not one for one
        Assert.Equal(["fine"], edits.Substitutes("Good"));
        Assert.Empty(edits.Substitutes("other")!);
        Assert.Null(new WordEdits(0.5).Substitutes("good"));
    }

    [Fact]
    public void Are_values_that_name_themselves()
    {
        Assert.Equal(new WordEdits(0.15), new WordEdits(0.15));
        Assert.Equal("15 % of the words", new WordEdits(0.15).ToString());
        Assert.Equal("2.5 % of the characters", new CharacterEdits(0.025).ToString());
        Assert.Equal("15 % of the words, cosine at least 0.5", new NearWordEdits(0.15, new WordVectors(["a"], ones(1, 1))).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => new WordEdits(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CharacterEdits(double.NaN));
    }

    private static int Table(string a, string b, bool swaps)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 || j == 0 ? i + j : Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (swaps && i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
