using Adamant.Auditing;
using Adamant.Reports.Sections;

namespace Adamant.Reports.Tests;

public sealed class TextExamplesTests
{
    [Theory]
    [InlineData("a good film", "a awful film", "a <del>good</del><ins>awful</ins> film")]
    [InlineData("pay me", "p\u0430y me", "<del>pay</del><ins>p\u0430y<small> [U+0430]</small></ins> me")]
    [InlineData("pay", "p\u200Bay", "<del>pay</del><ins>p\u200Bay<small> [U+200B]</small></ins>")]
    [InlineData("<script>alert(1)</script>", "<script>alert(2)</script>", "&lt;script&gt;alert(<del>1</del><ins>2</ins>)&lt;/script&gt;")]
    [InlineData("</del><img src=x onerror='x'>", "\"&", "<del>&lt;/del&gt;&lt;img src=x onerror=&#39;x&#39;&gt;</del><ins>&quot;&amp;</ins>")]
    public void Marks_what_changed_and_escapes_everything(string original, string moved, string expected) =>
        Assert.Equal(expected, TextExamples.Diff(original, moved).ToString());

    [Fact]
    public void Long_texts_show_where_they_changed()
    {
        var page = TextExamples.Diff(new string('a', 5000) + " good " + new string('b', 5000), new string('a', 5000) + " bad " + new string('b', 5000)).ToString();

        Assert.True(page.Length < 2000);
        Assert.Contains("<del>good</del><ins>bad</ins>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Attacked_texts_are_shown_on_the_page()
    {
        var audit = SampleAudit.Fashion();
        var example = new AdversarialExample
        {
            Index = 3,
            Attack = "hot-flip",
            Label = 1,
            Clean = new Verdict(1, 0.9),
            Adversarial = new Verdict(0, 0.8),
            Shape = [],
            OriginalText = "a <good> film",
            MovedText = "a <bad> film",
        };

        var page = HtmlReport.Render(audit with { Threat = "15 % of the words", Models = [.. audit.Models.Select(m => m with { Examples = [example] })] });

        Assert.Contains("a &lt;<del>good</del><ins>bad</ins>&gt; film", page, StringComparison.Ordinal);
        Assert.Contains("the model was fooled.", page, StringComparison.Ordinal);
    }
}
