using Adamant.Auditing;
using Adamant.Reports.Figures;

namespace Adamant.Reports.Sections;

/// <summary>One chart per attack with a line per model, so that models are compared under the same attack; the numbers follow.</summary>
internal static class SecurityCurves
{
    private const int MostTicks = 7;

    public static Html Render(Audit audit)
    {
        var charts = audit.Models.SelectMany(m => m.Curves).Where(IsLine).Select(c => (c.Attack, c.Norm)).Distinct().ToList();
        if (charts.Count == 0) return Html.None;
        return Html.Of(
            $"""
            <p>Each line shows what is left of a model’s accuracy as ε, the size of the allowed change, grows; ε = 0 is the clean accuracy. A sample that fell
            within some ε counts as fallen at every larger one.
            The shaded bands are 95 % intervals{Sizes(audit)}.</p>
            {Legend.Of(audit.Models.Select((m, i) => (m.Name, i)))}
            <div class="charts">{Html.Each(charts, (c, i) => Chart(audit, c.Attack, c.Norm, i))}</div>
            <details><summary>The numbers behind the curves</summary>
            {Html.Each(charts, (c, i) => Numbers(audit, c.Attack, c.Norm, i))}
            </details>
            """);
    }

    /// <summary>Curves often use fewer samples than the tables: say so, because then their numbers differ.</summary>
    private static string Sizes(Audit audit)
    {
        var sizes = audit.Models.SelectMany(m => m.Curves).SelectMany(c => c.Points).Select(p => p.RobustAccuracy.Trials).Distinct().Order().ToList();
        return sizes is [var one] ? $"; each point is from {Words.Count(one)} {Words.Samples(audit, one)}" : "";
    }

    private static Html Chart(Audit audit, string attack, string norm, int index)
    {
        var lines = audit.Models.Select((m, i) => (Model: m, Style: i, Curve: Find(m, attack, norm))).Where(l => l.Curve is not null)
            .Select(l => new Series(
                l.Model.Name,
                l.Style,
                [.. l.Curve!.Points.Select(p => (p.Epsilon, p.RobustAccuracy.Value))],
                [.. l.Curve.Points.Select(p => p.RobustAccuracy.Wilson95)]))
            .ToList();
        var ticks = lines.SelectMany(l => l.Points).Select(p => p.X).Distinct().Order().ToList();
        if (ticks.Count > MostTicks) ticks = [.. Enumerable.Range(0, 5).Select(i => ticks[0] + (ticks[^1] - ticks[0]) * i / 4)];
        var finding = $"Accuracy under {Words.Attack(attack)} as ε grows. " + string.Join(" ", audit.Models
            .Select(m => (m.Name, Curve: Find(m, attack, norm))).Where(c => c.Curve is { Points.Count: > 0 })
            .Select(c => $"{c.Name}: from {At(c.Curve!.Points[0])} to {At(c.Curve.Points[^1])}."));
        return Html.Of(
            $"""
            <figure>{LineChart.Draw($"curve-{index}", finding, $"ε ({norm})", isShare: true, ticks, lines)}
            <figcaption>Accuracy under {Words.Attack(attack)}</figcaption></figure>
            """);
    }

    private static Html Numbers(Audit audit, string attack, string norm, int index)
    {
        var curves = audit.Models.Select(m => Find(m, attack, norm)).ToList();
        return Tables.Grid(
            $"curve-{index}-numbers",
            Html.Of($"Accuracy under {Words.Attack(attack)} with 95 % intervals"),
            [Html.Of($"ε ({norm})"), .. audit.Models.Select(m => Html.Of($"{m.Name}"))],
            curves.SelectMany(c => c?.Points ?? []).Select(p => p.Epsilon).Distinct().Order().Select(epsilon => (
                Html.Of($"{Words.Number(epsilon)}"),
                curves.Select(c => (c?.Points ?? []).Where(p => p.Epsilon == epsilon).Select(p => Tables.Share(p.RobustAccuracy)).FirstOrDefault(Tables.Text("–"))))));
    }

    private static SecurityCurve? Find(AuditedModel model, string attack, string norm) =>
        model.Curves.FirstOrDefault(c => IsLine(c) && (c.Attack, c.Norm) == (attack, norm));

    /// <summary>Where the time was up, a curve may have nothing but its beginning.</summary>
    private static bool IsLine(SecurityCurve curve) => curve.Points.Count > 1 || curve.LeftOut.Count == 0;

    private static string At(SecurityPoint point) => $"{Words.Percent(point.RobustAccuracy)} at ε {Words.Number(point.Epsilon)}";
}
