using Adamant.Auditing;
using Adamant.Models;
using Adamant.Reports.Figures;

namespace Adamant.Reports.Sections;

/// <summary>How each model learned: losses in one chart, shares (metrics and probes) in another.</summary>
internal static class LearningCurves
{
    private const int FirstStyle = 2;                           // the first two colors stand for models elsewhere on the page

    public static Html Render(Audit audit) => Html.Each(
        audit.Models, (m, i) => m.Card.Provenance is { History: { Count: > 0 } history } ? Model(m, history, i) : Html.None);

    private static Html Model(AuditedModel model, IReadOnlyList<EpochReport> history, int index)
    {
        List<Line> losses = [new("training loss", [.. history.Select(e => e.TrainLoss)])];
        if (history.Any(e => e.ValidationLoss is not null)) losses.Add(new("validation loss", [.. history.Select(e => e.ValidationLoss ?? double.NaN)]));
        List<Line> shares = [.. Lines("validation", history, e => e.Validation), .. Lines("probe", history, e => e.Probes)];
        losses.AddRange(shares.Where(s => !s.IsShare));         // an error in the units of the label goes with the losses
        shares.RemoveAll(s => !s.IsShare);
        return Html.Of(
            $"""
            <h3>The {model.Name} model</h3>
            <div class="charts">
            {Chart($"loss-{index}", "Loss", isShare: false, history, losses)}
            {Chart($"share-{index}", "Validation and probes", isShare: true, history, shares)}
            </div>
            """);
    }

    private static IEnumerable<Line> Lines(string kind, IReadOnlyList<EpochReport> history, Func<EpochReport, IReadOnlyDictionary<string, double>> values) =>
        from name in history.SelectMany(e => values(e).Keys).Distinct()
        select new Line($"{kind} {name}", [.. history.Select(e => values(e).TryGetValue(name, out var value) ? value : double.NaN)]);

    private static Html Chart(string id, string title, bool isShare, IReadOnlyList<EpochReport> history, List<Line> lines)
    {
        if (lines.Count == 0) return Html.None;
        var series = lines.Select((l, i) => new Series(l.Name, FirstStyle + i, [.. history.Select((e, n) => ((double)e.Epoch, l.Values[n]))], [])).ToList();
        string Said(double value) => isShare ? Words.Percent(value) : Words.Number(value);
        var finding = $"{title} over {history.Count} epochs. "
            + string.Join(" ", lines.Select(l => $"{l.Name}: from {Said(l.Values[0])} to {Said(l.Values[^1])}."));
        return Html.Of(
            $"""
            <figure>{LineChart.Draw(id, finding, "epoch", isShare, xTicks: null, series)}
            <figcaption>{title}{Legend.Of(series.Select(s => (s.Name, s.Style)))}</figcaption></figure>
            """);
    }

    /// <summary>One value per epoch; NaN where there is none.</summary>
    private sealed record Line(string Name, IReadOnlyList<double> Values)
    {
        public bool IsShare => !Values.Any(v => v is < 0 or > 1);
    }
}
