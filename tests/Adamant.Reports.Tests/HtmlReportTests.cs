using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Adamant.Auditing;
using Adamant.Training;

namespace Adamant.Reports.Tests;

public sealed partial class HtmlReportTests
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml", Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Samples => [.. SampleVariants.Names];

    [Fact]
    public void Says_the_verdict_in_plain_words()
    {
        var header = Page(SampleAudit.Fashion()).Descendants(Xhtml + "header").Single();

        Assert.Contains("Under the worst of FGSM and PGD at Linf 0.1 the undefended model keeps 1.2 % of 500 images; the hardened one keeps 47.8 %.", Text(header));
        Assert.Contains("each by at most 0.1 on a scale from 0 to 1", Text(header));
    }

    [Fact]
    public void Says_of_one_model_what_is_left_of_it() =>
        Assert.Contains("Under the worst of FGSM and PGD at L2 0.5 the model keeps 68.6 % of 500 samples.", Text(Page(SampleAudit.Table())));

    [Fact]
    public void Has_no_worst_case_where_there_is_one_attack()
    {
        var audit = SampleAudit.Fashion();
        var page = Page(audit with { Models = [.. audit.Models.Select(m => m with { Attacks = [m.Attacks[1]], WorstCase = m.Attacks[1].RobustAccuracy })] });

        Assert.Contains("Under PGD at Linf 0.1 the undefended model keeps 1.2 % of 500 images; the hardened one keeps 48.6 %.", Text(page));
        Assert.DoesNotContain("worst", Text(Section(page, "comparison")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Says_that_nothing_is_known_without_an_attack() =>
        Assert.Contains("this page says nothing about robustness", Text(Page(SampleVariants.Get("Bare"))));

    [Fact]
    public void Counts_the_worst_case_in_the_key_numbers()
    {
        // hardened: 421, 287 and 243 of 500 are left clean, under FGSM and under PGD; 239 withstand both.
        var cards = Text(Section(Page(SampleAudit.Fashion()), "numbers"));

        Assert.Contains("47.8 % 95 % interval 43.5 – 52.2 % 239 of 500, left by the worst of FGSM and PGD", cards);
        Assert.Contains("84.2 % 95 % interval 80.7 – 87.1 % 421 of 500", cards);
    }

    [Fact]
    public void Compares_each_model_with_the_first()
    {
        var table = Text(Section(Page(SampleAudit.Fashion()), "comparison"));

        Assert.Contains("84.2 %80.7 – 87.1 %−8.0 points57.4 %53.0 – 61.7 %+40.8 points48.6 %44.2 – 53.0 %+47.4 points47.8 %43.5 – 52.2 %+46.6 points", table);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Is_well_formed_with_unique_identifiers_and_no_link_to_nowhere(string sample)
    {
        var page = Page(SampleVariants.Get(sample));
        var ids = page.Descendants().Attributes("id").Select(a => a.Value).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        var used = page.Descendants().Attributes().Where(a => a.Name.LocalName is "aria-labelledby").Select(a => a.Value)
            .Concat(page.Descendants().Attributes("href").Select(a => a.Value).Where(h => h.StartsWith('#')).Select(h => h[1..]))
            .Concat(page.Descendants().Attributes("clip-path").Select(a => a.Value[5..^1]));
        Assert.All(used, id => Assert.Contains(id, ids));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Needs_no_network_no_script_and_no_other_file(string sample)
    {
        var page = Page(SampleVariants.Get(sample));

        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "iframe" or "object" or "embed" or "use");
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(page.Descendants().Attributes("src"), a => Assert.StartsWith("data:image/png;base64,", a.Value));
        Assert.All(page.Descendants().Attributes("href"), a => Assert.True(a.Value.StartsWith('#') || a.Value == "audit.json", a.Value));
        var style = page.Descendants(Xhtml + "style").Single().Value;
        Assert.DoesNotContain("url(", style);
        Assert.DoesNotContain("@import", style);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Can_be_read_with_a_keyboard_and_a_screen_reader(string sample)
    {
        var page = Page(SampleVariants.Get(sample));

        Assert.Equal("en", page.Attribute("lang")?.Value);
        Assert.Single(page.Descendants(Xhtml + "main"));
        Assert.Single(page.Descendants(Xhtml + "h1"));
        Assert.All(page.Descendants(Xhtml + "img"), i => Assert.NotEmpty(i.Attribute("alt")!.Value));
        Assert.All(page.Descendants(Svg + "svg"), s => Assert.True(s.Attribute("aria-hidden") is not null || s.Attribute("aria-label")?.Value.Length > 20));
        Assert.All(page.Descendants(Xhtml + "table"), t =>
        {
            Assert.NotEmpty(t.Element(Xhtml + "caption")!.Value);
            Assert.Equal(("region", "0"), (t.Parent!.Attribute("role")?.Value, t.Parent.Attribute("tabindex")?.Value));
        });
        Assert.All(page.Descendants(Xhtml + "th"), h => Assert.NotNull(h.Attribute("scope")));
        var levels = page.Descendants().Where(e => HeadingName().IsMatch(e.Name.LocalName)).Select(e => e.Name.LocalName[1] - '0').ToList();
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact]
    public void Escapes_every_text_of_the_audit()
    {
        var html = HtmlReport.Render(SampleVariants.Get("Hostile"));

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\0', html);
        Assert.Contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;\uFFFD\uFFFD]]&gt;", html);
    }

    [Theory]
    [InlineData("Fashion")]
    [InlineData("Signals")]
    [InlineData("Table")]
    public void Shows_no_share_that_is_not_in_the_audit(string sample)
    {
        var audit = SampleVariants.Get(sample);
        var known = new HashSet<string>();
        void Know(double share) => known.Add((100 * share).ToString("0.0", CultureInfo.InvariantCulture));
        void KnowAll(Proportion share)
        {
            Know(share.Value);
            Know(share.Wilson95.Low);
            Know(share.Wilson95.High);
        }
        foreach (var model in audit.Models)
        {
            KnowAll(model.CleanAccuracy);
            KnowAll(model.WorstCase);
            foreach (var share in model.Attacks.SelectMany(a => a.PerClass.Append(a.RobustAccuracy).Append(a.Success))) KnowAll(share);
            foreach (var point in model.Curves.SelectMany(c => c.Points)) KnowAll(point.RobustAccuracy);
            foreach (var verdict in model.Examples.SelectMany(e => new[] { e.Clean, e.Adversarial })) Know(verdict.Confidence);
            foreach (var share in model.Card.Provenance!.History.SelectMany(e => e.Validation.Values.Concat(e.Probes.Values))) Know(share);
        }

        var shown = Share().Matches(HtmlReport.Render(audit)).Select(m => m.Groups[1].Value).ToList();

        Assert.True(shown.Count > 50);
        Assert.All(shown, share => Assert.Contains(share, known));
    }

    [Theory]
    [InlineData("Fashion", 36)]
    [InlineData("Signals", 18)]
    [InlineData("Table", 0)]
    public void Shows_three_pictures_per_example_of_images_and_none_of_rows(string sample, int pictures) =>
        Assert.Equal(pictures, Page(SampleVariants.Get(sample)).Descendants(Xhtml + "img").Count());

    [Fact]
    public void States_how_much_the_change_is_amplified()
    {
        // Moves of 0.1 on a scale of 1 reach from black to white at five times their size.
        var examples = Text(Section(Page(SampleAudit.Fashion()), "examples"));

        Assert.Contains("× 5largest 0.1", examples);
    }

    [Fact]
    public void Draws_texts_even_where_no_font_is_installed()
    {
        // Skia leaves out every text for which it finds no font; ours travels with the library.
        var labels = Page(SampleAudit.Fashion()).Descendants(Svg + "text").Select(t => t.Value.Trim()).ToList();

        Assert.Contains("100 %", labels);
        Assert.Contains("ε (Linf)", labels);
        Assert.Contains("0.025", labels);
        Assert.Equal("Liberation Sans", Figures.EmbeddedFont.Typeface.FamilyName);
    }

    [Theory]
    [InlineData("Fashion")]
    [InlineData("Signals")]
    public void Stays_small(string sample) => Assert.InRange(HtmlReport.Render(SampleVariants.Get(sample)).Length, 10_000, 2_000_000);

    [Fact]
    public void The_same_audit_gives_the_same_page() =>
        Assert.Equal(HtmlReport.Render(SampleAudit.Fashion()), HtmlReport.Render(SampleAudit.Fashion()));

    [Fact]
    public void Writes_the_page_and_the_numbers_and_nothing_else()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var report = Path.Combine(folder, "a", "b");
            HtmlReport.Write(SampleAudit.Signals(), report);
            HtmlReport.Write(SampleAudit.Fashion(), report);                // over the first

            Assert.Equal(["audit.json", "index.html"], Directory.EnumerateFileSystemEntries(report).Select(Path.GetFileName).Order());
            Assert.Equal(AuditJson.ToText(SampleAudit.Fashion()), File.ReadAllText(Path.Combine(report, HtmlReport.NumbersName)));
            Assert.Equal(HtmlReport.Render(SampleAudit.Fashion()), File.ReadAllText(Path.Combine(report, HtmlReport.PageName)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Leaves_what_was_there_when_it_cannot_write()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, HtmlReport.PageName));       // a folder where the page should go

            Assert.Throws<IOException>(() => HtmlReport.Write(SampleAudit.Signals(), folder));

            Assert.Equal(["audit.json", "index.html"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order());
            Assert.Throws<IOException>(() => HtmlReport.Write(SampleAudit.Signals(), Path.Combine(folder, "audit.json")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Refuses_an_audit_of_nothing()
    {
        var refused = Assert.Throws<ArgumentException>(() => HtmlReport.Render(SampleAudit.Fashion() with { Models = [] }));
        Assert.Contains("at least one model", refused.Message);
    }

    private static XElement Page(Audit audit)
    {
        using var reader = XmlReader.Create(new StringReader(HtmlReport.Render(audit)), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }

    private static XElement Section(XElement page, string id) => page.Descendants(Xhtml + "section").Single(s => s.Attribute("id")?.Value == id);

    private static string Text(XElement element) => Blank().Replace(element.Value, " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"^h[1-6]$")]
    private static partial Regex HeadingName();

    [GeneratedRegex(@"(?<![\d.])(\d+\.\d)\u00A0(?:%|–)")]
    private static partial Regex Share();
}
