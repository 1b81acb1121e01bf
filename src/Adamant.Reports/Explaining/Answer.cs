using Adamant.Explaining;
using Adamant.Reports.Figures;

namespace Adamant.Reports.Explaining;

/// <summary>The sample, what it is in truth, and what the model says of it.</summary>
internal static class Answer
{
    private const int Most = 5;

    public static Html Render(Explanation explanation)
    {
        if (explanation.Sample is not { } sample) return Html.None;
        return Html.Of($"""<div class="answer">{Image(explanation, sample)}<div>{Said(explanation, sample)}</div></div>""");
    }

    /// <summary>What the model's output is called.</summary>
    public static string Output(Explanation explanation) =>
        explanation.Sample is { Confidences.Count: > 0 } sample ? Words.Class(explanation.Model?.ClassNames ?? [], sample.Output) : "the prediction";

    /// <summary>The sample as a picture, in the range of the model's inputs.</summary>
    public static Html Draw(Explanation explanation, ExplainedSample sample, string alt)
    {
        var (min, max) = explanation.Model is { Input: { } input } && double.IsFinite(input.Min) && double.IsFinite(input.Max)
            ? (input.Min, input.Max)
            : (sample.Values.Min(), Math.Max(sample.Values.Max(), sample.Values.Min() + 1e-6));
        return Picture.Draw(sample.Values, sample.Shape, v => (v - min) / (max - min), alt);
    }

    private static Html Image(Explanation explanation, ExplainedSample sample) => Words.IsImage(sample.Shape)
        ? Html.Of($"""<div class="sample">{Draw(explanation, sample, $"Number {sample.Index}, {sample.Shape[2]} by {sample.Shape[1]} pixels.")}</div>""")
        : Html.None;

    private static Html Said(Explanation explanation, ExplainedSample sample)
    {
        var names = explanation.Model?.ClassNames ?? [];
        if (sample.Confidences.Count == 0)
            return Html.Of($"<p>In truth <b>{Words.Number(sample.Label)}</b>; the model says <b>{Words.Number(sample.Logits[0])}</b>.</p>");
        var truth = (int)sample.Label;
        var verdict = sample.Output == truth ? "right" : "wrong";
        var ranked = Enumerable.Range(0, sample.Confidences.Count).OrderByDescending(c => sample.Confidences[c]).Take(Most).ToList();
        return Html.Of(
            $"""
            <p>In truth <b>{Words.Class(names, truth)}</b>; the model says <b>{Words.Class(names, sample.Output)}</b> with a confidence of
            {Words.Percent(sample.Confidences[sample.Output])}, which is {verdict}.</p>
            {Tables.Grid("answers", Html.Of($"The most likely classes by the model’s softmax"), [Html.Of($"Class"), Html.Of($"Confidence"), Html.Of($"Score (logit)")], ranked.Select(Row))}
            """);

        (Html, IEnumerable<Html>) Row(int index) => (Html.Of($"{Words.Class(names, index)}"),
        [
            Html.Of($"""<td class="number share" style="--share:{sample.Confidences[index]:0.####}">{Words.Percent(sample.Confidences[index])}</td>"""),
            Tables.Number($"{sample.Logits[index]:0.00}"),
        ]);
    }
}
