using Adamant.Auditing;
using Adamant.Models;
using Adamant.Reports.Figures;

namespace Adamant.Reports.Sections;

/// <summary>How each model learned: losses in one chart, shares (metrics and probes) in another.</summary>
internal static class LearningCurves
{
    private const int FirstStyle = 2;                           // the first two colors stand for models elsewhere on the page

    public static Html Render(Audit audit) => Html.Join(
        audit.Models.Select((m, i) => (m, i)).Where(p => p.m.Card.Provenance is { History.Count: > 0 }).Select(p => Model(p.m, p.m.Card.Provenance!.History, p.i)));

    private static Html Model(AuditedModel model, IReadOnlyList<EpochReport> history, int index)
    {
        List<(string Name, Func<EpochReport, double> Value)> losses = [("training loss", e => e.TrainLoss)];
        if (history.Any(e => e.ValidationLoss is not null)) losses.Add(("validation loss", e => e.ValidationLoss ?? double.NaN));
        List<(string Name, Func<EpochReport, double> Value)> shares =
        [
            .. history.SelectMany(e => e.Validation.Keys).Distinct().Select(k => ($"validation {k}", (Func<EpochReport, double>)(e => Look(e.Validation, k)))),
            .. history.SelectMany(e => e.Probes.Keys).Distinct().Select(k => ($"probe {k}", (Func<EpochReport, double>)(e => Look(e.Probes, k)))),
        ];
        foreach (var metric in shares.Where(s => history.Select(s.Value).Any(v => v is < 0 or > 1)).ToList())
        {
            shares.Remove(metric);                              // an error in the units of the label, not a share: it goes with the losses
            losses.Add(metric);
        }
        return Html.Of(
            $"""
            <h3>The {model.Name} model</h3>
            <div class="charts">
            {Chart($"loss-{index}", "Loss", isShare: false, history, losses)}
            {Chart($"share-{index}", "Validation and probes", isShare: true, history, shares)}
            </div>
            """);
    }

    private static Html Chart(string id, string title, bool isShare, IReadOnlyList<EpochReport> history, List<(string Name, Func<EpochReport, double> Value)> lines)
    {
        if (lines.Count == 0) return Html.None;
        var series = lines.Select((l, i) => new Series(l.Name, FirstStyle + i, [.. history.Select(e => ((double)e.Epoch, l.Value(e)))], [])).ToList();
        string Said(double value) => isShare ? Words.Percent(value) : Words.Number(value);
        var finding = $"{title} over {history.Count} epochs. " + string.Join(" ", lines.Select(l => $"{l.Name}: from {Said(l.Value(history[0]))} to {Said(l.Value(history[^1]))}."));
        return Html.Of(
            $"""
            <figure>{LineChart.Draw(id, finding, "epoch", isShare, xTicks: null, series)}
            <figcaption>{title}{Legend.Of(series.Select(s => (s.Name, s.Style)))}</figcaption></figure>
            """);
    }

    private static double Look(IReadOnlyDictionary<string, double> values, string name) => values.TryGetValue(name, out var value) ? value : double.NaN;
}
