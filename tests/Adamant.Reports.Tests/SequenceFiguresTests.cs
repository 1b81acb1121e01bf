using System.Xml.Linq;
using Adamant.Explaining;

namespace Adamant.Reports.Tests;

public sealed class SequenceFiguresTests
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml", Svg = "http://www.w3.org/2000/svg";
    private static readonly string[] Tokens = ["charged", "<twice>", "for"];
    private static readonly float[][] Rows = [[1, 0, 0], [0.5f, 0.5f, 0], [0, 0, 1]];

    [Fact]
    public void Writes_the_tokens_on_both_axes_of_every_head_and_of_the_rollout()
    {
        var section = Section(Page(), "attention");

        Assert.Equal(3, section.Descendants(Svg + "svg").Count());               // the rollout and two heads
        Assert.All(section.Descendants(Svg + "svg"), svg => Assert.Equal(2, svg.Descendants(Svg + "text").Count(t => t.Value == "<twice>")));
        Assert.Contains("Block 1, head 2, entropy 0.50 of 1.10 nats", section.Value);
        Assert.Contains("On average most looked at: charged (position 1)", section.Descendants(Svg + "svg").First().Attribute("aria-label")!.Value);
    }

    [Fact]
    public void Says_what_each_token_adds_and_whether_the_parts_add_up()
    {
        var section = Section(Page(), "tokens");

        Assert.Contains("sum to 1.500 of 1.500, with 20 gradients: the completeness check holds", Plain(section.Value));
        Assert.Contains("<twice>+2.000+1.000", section.Descendants(Xhtml + "table").Single().Value);
    }

    [Fact]
    public void Shows_the_memory_the_gates_and_the_gradient_of_each_step()
    {
        var section = Section(Page(), "memory");

        Assert.Contains("Gates of layer l0", section.Value);
        Assert.Contains("1.0e-2 arrives at the first", Plain(section.Value));
        Assert.Equal(5, section.Descendants(Svg + "svg").Count(svg => (string?)svg.Attribute("role") == "img"));
    }

    [Fact]
    public void Has_no_such_section_for_other_models()
    {
        var page = XDocument.Parse(ExplanationReport.Render(new Explanation { Title = "t", Created = default }));

        Assert.DoesNotContain(page.Descendants(Xhtml + "section"), s => (string?)s.Attribute("id") is "tokens" or "attention" or "memory");
    }

    private static XDocument Page() => XDocument.Parse(ExplanationReport.Render(new Explanation
    {
        Title = "t",
        Created = default,
        Sequence = new SequenceExplanation
        {
            Steps = Tokens,
            Gradients = new GradientFlow { Network = "SimpleLstm", Norms = [0.01, 0.1, 1], Loss = 0.5 },
            Memory = new MemoryFlow { States = Rows, Similarity = [0.1, 0.5, 1], Influence = [1, 2, 3] },
            Gates = [new LstmGates { Layer = "l0", Input = Rows, Forget = Rows, Candidate = Rows, Output = Rows, Cell = Rows, Hidden = Rows }],
            Attention = new AttentionMaps { Weights = [[Rows, Rows]], Rollout = Rows, Entropy = [[0.1, 0.5]] },
            Saliency = new TokenSaliency
            {
                Output = 1,
                Baseline = TokenBaseline.Zero,
                IntegratedGradients = [-0.5, 2, 0],
                GradientTimesInput = [0, 1, 0],
                Score = 2,
                BaselineScore = 0.5,
                Steps = 20,
                Gap = 0.0001,
                IsComplete = true,
            },
        },
    }));

    private static XElement Section(XDocument page, string id) => page.Descendants(Xhtml + "section").Single(s => (string?)s.Attribute("id") == id);

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
