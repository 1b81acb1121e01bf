using Adamant.Explaining;
using Adamant.Reports.Figures;
using Adamant.Training;

namespace Adamant.Reports.Explaining;

/// <summary>Accuracy and unchanged answers against the shift, a line per model.</summary>
internal static class TranslationCharts
{
    private const int MostTicks = 9;

    public static Html Render(Explanation explanation)
    {
        if (explanation.Translations is not { Count: > 0 } curves) return Html.None;
        var images = curves[0].Points[0].Accuracy.Trials;
        return Html.Of(
            $"""
            <p>{Words.Count(images)} images are moved sideways, and the model is asked again; black comes in at the edge. A model that sees a thing and not its
            place would draw level lines. The shaded bands are 95 % intervals.</p>
            {(curves.Count > 1 ? Legend.Of(curves.Select((c, i) => (c.Name, i))) : Html.None)}
            <div class="charts">
            {Chart("shift-accuracy", "Right answers", curves, p => p.Accuracy)}
            {Chart("shift-unchanged", "Answers equal to those without a shift", curves, p => p.Unchanged)}
            </div>
            <details><summary>The numbers behind the curves</summary>
            {Html.Each(curves, Numbers)}
            </details>
            """);
    }

    private static Html Chart(string id, string title, IReadOnlyList<TranslationCurve> curves, Func<TranslationPoint, Proportion> share)
    {
        var shifts = curves.SelectMany(c => c.Points).Select(p => p.Shift).Distinct().Order().ToList();
        var stride = (shifts.Count + MostTicks - 1) / MostTicks;
        var ticks = shifts.Where(s => s % stride == 0).Select(s => (double)s).ToList();
        var lines = curves.Select((c, i) => new Series(c.Name, i, [.. c.Points.Select(p => ((double)p.Shift, share(p).Value))], [.. c.Points.Select(p => share(p).Wilson95)])).ToList();
        var finding = $"{title} against the shift. " + string.Join(" ", curves.Select(c =>
            $"{c.Name}: {Words.Percent(share(c.Points[c.Points.Count / 2]))} without a shift, {Words.Percent(share(c.Points[0]))} at {c.Points[0].Shift} and {Words.Percent(share(c.Points[^1]))} at +{c.Points[^1].Shift} pixels."));
        return Html.Of(
            $"""
            <figure>{LineChart.Draw(id, finding, "shift to the right, pixels", isShare: true, ticks, lines)}
            <figcaption>{title}</figcaption></figure>
            """);
    }

    private static Html Numbers(TranslationCurve curve, int index) => Tables.Grid(
        $"shift-{index}-numbers",
        Html.Of($"{curve.Name} with 95 % intervals"),
        [Html.Of($"Shift, pixels"), Html.Of($"Right answers"), Html.Of($"Unchanged answers")],
        curve.Points.Select(p => (Html.Of($"{p.Shift:+0;−0;0}"), (IEnumerable<Html>)[Tables.Share(p.Accuracy), Tables.Share(p.Unchanged)])));
}
