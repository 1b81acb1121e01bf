using Adamant.Auditing;
using Adamant.Reports.Figures;

namespace Adamant.Reports.Sections;

/// <summary>Original, perturbation and attacked sample side by side; a table where samples are not pictures.</summary>
internal static class ExampleGallery
{
    private static readonly double[] Scales = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

    public static Html Render(Audit audit) => Html.Each(audit.Models, (m, i) => m.Examples.Count > 0 ? Model(audit, m, i) : Html.None);

    private static Html Model(Audit audit, AuditedModel model, int index)
    {
        var attacks = string.Join(", ", model.Examples.Select(e => Words.Attack(e.Attack)).Distinct());
        var heading = Html.Of($"<h3>The {model.Name} model under {attacks} at {audit.Threat}</h3>");
        if (model.Examples.All(e => e.OriginalText is not null)) return Html.Of($"{heading}{TextExamples.Render(audit, model)}");
        if (!model.Examples.All(IsPicture)) return Html.Of($"{heading}{Table(audit, model, index)}");
        return Html.Of(
            $"""
            {heading}
            <p>In the middle picture gray means unchanged; the change is amplified as stated below it.</p>
            <div class="examples">{Html.Each(model.Examples, e => Example(audit, e))}</div>
            """);
    }

    private static bool IsPicture(AdversarialExample example) =>
        Words.IsImage(example.Shape)
        && example.Original.Count == example.Shape.Aggregate((a, b) => a * b)
        && example.Moved.Count == example.Original.Count;

    private static Html Example(Audit audit, AdversarialExample example)
    {
        float[] delta = [.. example.Original.Zip(example.Moved, (from, to) => to - from)];
        var largest = delta.Max(Math.Abs);
        var (min, max) = Range(audit, example);
        var scale = Scales.LastOrDefault(s => s * largest <= 0.505 * (max - min), 1);
        double Brightness(float value) => (value - min) / (max - min);
        var (truth, clean, fooled) = (Name(audit, example.Label), Name(audit, example.Clean.Class), Name(audit, example.Adversarial.Class));
        var outcome = example.Adversarial.Class == example.Label ? "held" : "fooled";
        Html Draw(IReadOnlyList<float> values, Func<float, double> brightness, string alt) => Picture.Draw(values, example.Shape, brightness, alt);
        var original = Draw(example.Original, Brightness, $"Original {example.Index}: the model says {clean}.");
        var change = Draw(delta, d => .5 + scale * d / (max - min), $"The change, at most {Words.Number(largest)}, amplified {scale} times.");
        var attacked = Draw(example.Moved, Brightness, $"Attacked {example.Index}: the model says {fooled}.");
        return Html.Of(
            $"""
            <figure class="example {outcome}"><div class="triptych">
            {Panel(original, "Original", clean, Words.Percent(example.Clean.Confidence))}
            {Panel(change, "Change", $"× {scale}", $"largest {Words.Number(largest)}")}
            {Panel(attacked, "Attacked", fooled, Words.Percent(example.Adversarial.Confidence))}
            </div><figcaption>Number {example.Index}, in truth <b>{truth}</b>: {Outcome(example)}</figcaption></figure>
            """);
    }

    private static Html Panel(Html picture, string name, string first, string second) => Html.Of(
        $"""<div>{picture}<span class="name">{name}</span><span>{first}</span><span>{second}</span></div>""");

    internal static string Outcome(AdversarialExample example) =>
        example.Clean.Class != example.Label ? "the model was wrong already."
        : example.Adversarial.Class == example.Label ? "the model held."
        : "the model was fooled.";

    /// <summary>The range of the data; that of the sample where the data have no bounds.</summary>
    private static (double Min, double Max) Range(Audit audit, AdversarialExample example)
    {
        var (min, max) = (audit.Data.Input.Min, audit.Data.Input.Max);
        if (double.IsFinite(min) && double.IsFinite(max)) return (min, max);
        (min, max) = (example.Original.Concat(example.Moved).Min(), example.Original.Concat(example.Moved).Max());
        return max > min ? (min, max) : (min, min + 1);
    }

    private static Html Table(Audit audit, AuditedModel model, int index) => Tables.Grid(
        $"examples-{index}",
        Html.Of($"What the {model.Name} model says before and after the attack"),
        [Html.Of($"Number"), Html.Of($"In truth"), Html.Of($"Original"), Html.Of($"Attacked"), Html.Of($"Outcome")],
        model.Examples.Select(e => (Html.Of($"{e.Index}"), (IEnumerable<Html>)
        [
            Tables.Text(Name(audit, e.Label)), Tables.Text(Said(audit, e.Clean)), Tables.Text(Said(audit, e.Adversarial)), Tables.Text(Outcome(e)),
        ])));

    internal static string Said(Audit audit, Verdict verdict) => $"{Name(audit, verdict.Class)} {Words.Percent(verdict.Confidence)}";

    internal static string Name(Audit audit, int index) => Words.Class(audit.Data.ClassNames, index);
}
