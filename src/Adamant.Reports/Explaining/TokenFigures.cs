using Adamant.Explaining;
using Adamant.Reports.Figures;

namespace Adamant.Reports.Explaining;

/// <summary>The text with the part of each token in the answer as its color, and the same in numbers.</summary>
internal static class TokenFigures
{
    private const string Ink = "#1b2026";                       // the colors are light in either theme

    public static Html Render(Explanation explanation)
    {
        if (explanation.Sequence is not { Saliency: { } saliency } sequence) return Html.None;
        var baseline = saliency.Baseline == TokenBaseline.Zero ? "a text of empty embeddings" : "a text of padding";
        return Html.Of(
            $"""
            <p>What each token adds to the score (logit) of <b>{Answer.Output(explanation)}</b>, compared with {baseline}: orange raises it, blue lowers it. {Sum(saliency)}</p>
            {Text("Integrated gradients", saliency.IntegratedGradients, sequence.Steps)}
            {Text("Gradient × input: the slope at the text alone", saliency.GradientTimesInput, sequence.Steps)}
            <details><summary>The numbers behind the colors</summary>
            {Tables.Grid("token-saliency", Html.Of($"In logits, in the order of the text"), [Html.Of($"Token"), Html.Of($"Integrated gradients"), Html.Of($"Gradient × input")], sequence.Steps.Select(Row))}
            </details>
            """);

        (Html, IEnumerable<Html>) Row(string token, int index) =>
            (Html.Of($"{token}"), [Number(saliency.IntegratedGradients[index]), Number(saliency.GradientTimesInput[index])]);
    }

    private static Html Sum(TokenSaliency saliency) => Html.Of(
        $"""
        The integrated gradients sum to {saliency.IntegratedGradients.Sum():0.000} of {saliency.Score - saliency.BaselineScore:0.000}, with {saliency.Steps} gradients: the
        completeness check {(saliency.IsComplete ? "holds" : "does not hold")} (gap {saliency.Gap:0.0000}).
        """);

    private static Html Text(string title, IReadOnlyList<double> values, IReadOnlyList<string> tokens)
    {
        var largest = values.Max(Math.Abs);
        return Html.Of(
            $"""
            <figure><figcaption>{title}</figcaption>
            <p style="line-height:2">{Html.Each(tokens, (token, i) => Html.Of($"""<span style="padding:.15em .3em;border-radius:.2em;color:{Ink};background:{Color(values[i], largest)}" title="{values[i]:+0.000;−0.000;0}">{token}</span> """))}</p>
            {SignedColor.Scale(largest, "logit per token")}</figure>
            """);
    }

    private static Html Number(double value) => Tables.Number($"{value:+0.000;−0.000;0}");

    /// <summary>Half of the full color, so that the letters stay readable.</summary>
    private static string Color(double value, double largest)
    {
        var color = SignedColor.Of(value, 2 * largest);
        return $"#{color.Red:X2}{color.Green:X2}{color.Blue:X2}";
    }
}
