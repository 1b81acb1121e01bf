using Adamant.Data;
using Adamant.Texts;

namespace Adamant.Tests.Texts;

public sealed class WordDiffTests
{
    [Theory]
    [InlineData("a good film", "a awful film", "a [-good-]{+awful+} film")]
    [InlineData("good film", "new good film", "{+new +}good film")]
    [InlineData("a good film", "a film", "a [-good -]film")]
    [InlineData("a good film", "a good film", "a good film")]
    [InlineData("good", "bad", "[-good-]{+bad+}")]
    [InlineData("", "bad", "{+bad+}")]
    [InlineData("pay me", "p\u0430y me", "[-pay-]{+p\u0430y+} me")]
    public void Says_what_was_deleted_and_inserted(string original, string moved, string expected) => Assert.Equal(expected, Marked(original, moved));

    [Fact]
    public void Loses_nothing_of_either_text()
    {
        var random = new SplitMix(2);
        for (var i = 0; i < 200; i++)
        {
            string Text() => string.Concat(Enumerable.Range(0, random.Below(20)).Select(_ => (string[])["a", "b", " ", "  ", ",", "c"]).Select(p => p[random.Below(6)]));
            var (original, moved) = (Text(), Text());

            var diff = WordDiff.Of(original, moved);

            Assert.Equal(original, string.Concat(diff.Where(c => c.Kind != WordChangeKind.Inserted).Select(c => c.Text)));
            Assert.Equal(moved, string.Concat(diff.Where(c => c.Kind != WordChangeKind.Deleted).Select(c => c.Text)));
            Assert.DoesNotContain(diff, c => c.Text.Length == 0);
        }
    }

    [Fact]
    public void Tells_very_long_differences_apart_as_a_whole()
    {
        var diff = WordDiff.Of(string.Join(' ', Enumerable.Repeat("a", 5000)), string.Join(' ', Enumerable.Repeat("b", 5000)));

        Assert.Equal([WordChangeKind.Deleted, WordChangeKind.Inserted], diff.Select(c => c.Kind));
    }

    private static string Marked(string original, string moved) => string.Concat(WordDiff.Of(original, moved).Select(c => c.Kind switch
    {
        WordChangeKind.Deleted => $"[-{c.Text}-]",
        WordChangeKind.Inserted => $"{{+{c.Text}+}}",
        _ => c.Text,
    }));
}
