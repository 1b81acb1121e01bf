using Adamant.Explaining;
using Adamant.Reports.Figures;

namespace Adamant.Reports.Explaining;

/// <summary>What each number of the sample adds to the answer: pictures for an image, bars for a row, and whether the shares add up.</summary>
internal static class SaliencyMaps
{
    private const int MostRows = 15;

    public static Html Render(Explanation explanation)
    {
        if (explanation is not { Saliency: { } saliency, Sample: { } sample }) return Html.None;
        var figure = Words.IsImage(sample.Shape) ? Pictures(explanation, saliency, sample) : Bars(explanation, saliency, sample);
        return Html.Of(
            $"""
            <p>The score (logit) of <b>{Answer.Output(explanation)}</b>, shared out over the numbers of the sample, compared with {saliency.Baseline}: orange raises
            the score, blue lowers it. Integrated gradients follow the score all the way from there; gradient × input only looks at its slope at the end.</p>
            {figure}
            {Checks(saliency)}
            """);
    }

    private static Html Pictures(Explanation explanation, Saliency saliency, ExplainedSample sample)
    {
        var (height, width) = ((int)sample.Shape[1], (int)sample.Shape[2]);
        return Html.Of(
            $"""
            <div class="panels">
            <figure><figcaption>The image</figcaption>{Answer.Draw(explanation, sample, "The image again, to compare.")}</figure>
            {Html.Each([saliency.Integrated, saliency.Gradient], Map)}
            </div>
            """);

        Html Map(Attribution attribution)
        {
            float[] perPixel = [.. Enumerable.Range(0, height * width).Select(i => Enumerable.Range(0, attribution.Values.Count / (height * width)).Sum(c => attribution.Values[(c * height * width) + i]))];
            var largest = perPixel.Max(v => Math.Abs(v));
            var at = Array.FindIndex(perPixel, v => Math.Abs(v) == largest);
            return Html.Of(
                $"""
                <figure><figcaption>{Title(attribution)}</figcaption>
                {Mosaic.Signed([perPixel], height, width, 1, largest, $"{Title(attribution)}: the strongest pixel is in row {at / width}, column {at % width}.")}
                {SignedColor.Scale(largest, "logit per pixel")}</figure>
                """);
        }
    }

    private static Html Bars(Explanation explanation, Saliency saliency, ExplainedSample sample)
    {
        var names = explanation.Model?.FeatureNames ?? [];
        var (exact, quick) = (saliency.Integrated.Values, saliency.Gradient.Values);
        var largest = exact.Concat(quick).Max(v => Math.Abs(v));
        var ranked = Enumerable.Range(0, exact.Count).OrderByDescending(i => Math.Abs(exact[i])).Take(MostRows).ToList();
        var which = ranked.Count == exact.Count ? "Each column" : $"The {ranked.Count} columns of {exact.Count} that matter most";
        return Tables.Grid(
            "saliency-bars",
            Html.Of($"{which}, in logits; bars in one scale"),
            [Html.Of($"Column"), Html.Of($"Value"), Html.Of($"Integrated gradients"), Html.Of($""), Html.Of($"Gradient × input"), Html.Of($"")],
            ranked.Select(i => (Html.Of($"{(i < names.Count ? names[i] : $"number {i}")}"), (IEnumerable<Html>)
            [
                Tables.Number(Words.Number(sample.Values[i])), Bar(exact[i]), Tables.Number($"{exact[i]:+0.000;−0.000;0}"), Bar(quick[i]), Tables.Number($"{quick[i]:+0.000;−0.000;0}"),
            ])));

        Html Bar(float value)
        {
            var length = largest > 0 ? 50 * Math.Abs(value) / largest : 0;
            var from = value < 0 ? 50 - length : 50;
            return Html.Of($"""<td class="signed"><i class="{(value < 0 ? "lowers" : "raises")}" style="margin-left:{from:0.##}%;width:{length:0.##}%"></i></td>""");
        }
    }

    private static Html Checks(Saliency saliency) => Tables.Grid(
        "completeness",
        Html.Of($"Do the shares add up? Their sum ought to be the score of the sample minus the score of {saliency.Baseline}"),
        [Html.Of($"Method"), Html.Of($"Sum"), Html.Of($"Score − baseline"), Html.Of($"Gap"), Html.Of($"Gradients"), Html.Of($"Complete")],
        new[] { saliency.Integrated, saliency.Gradient }.Select(a => (Html.Of($"{Title(a)}"), (IEnumerable<Html>)
        [
            Tables.Number($"{a.Total:0.000}"), Tables.Number($"{a.Score - a.BaselineScore:0.000}"), Tables.Number($"{a.Gap:0.0000}"), Tables.Number($"{a.Steps:N0}"),
            Tables.Text(a.IsComplete ? "yes" : "no"),
        ])));

    private static string Title(Attribution attribution) => attribution.Steps == 1 ? "Gradient × input" : "Integrated gradients";
}
