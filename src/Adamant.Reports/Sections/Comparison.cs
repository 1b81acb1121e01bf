using Adamant.Auditing;
using Adamant.Training;

namespace Adamant.Reports.Sections;

/// <summary>All models side by side, each against the first.</summary>
internal static class Comparison
{
    public static Html Render(Audit audit)
    {
        if (audit.Models.Count < 2) return Html.None;
        var first = audit.Models[0];
        var attacks = audit.Models.SelectMany(m => m.Attacks).Select(a => a.Name).Distinct().ToList();
        var several = attacks.Count > 1;                        // with one attack, the worst case is that attack
        return Tables.Grid(
            "comparison-table",
            Html.Of($"Accuracy at {audit.Threat} with 95 % intervals; points are against the {first.Name} model."),
            [Html.Of($"Model"), Html.Of($"Clean"), .. attacks.Select(a => Html.Of($"{Words.Attack(a)}")), .. several ? [Html.Of($"Worst case")] : Array.Empty<Html>()],
            audit.Models.Select(m => (
                Html.Of($"{m.Name}"),
                Cells(m, first, attacks, several))));
    }

    private static IEnumerable<Html> Cells(AuditedModel model, AuditedModel first, List<string> attacks, bool several) =>
    [
        Share(model.CleanAccuracy, first.CleanAccuracy, model == first),
        .. attacks.Select(a => Cell(Find(model, a), Find(first, a), model == first)),
        .. several ? [Share(model.WorstCase, first.WorstCase, model == first)] : Array.Empty<Html>(),
    ];

    private static Html Share(Proportion share, Proportion baseline, bool isFirst) => Tables.Share(share, isFirst ? "" : Words.Points(share, baseline));

    private static AttackFinding? Find(AuditedModel model, string attack) => model.Attacks.FirstOrDefault(a => a.Name == attack);

    private static Html Cell(AttackFinding? finding, AttackFinding? baseline, bool isFirst) => finding is null
        ? Tables.Text("not run")
        : finding.Refusal is not null ? Html.Of($"""<td><strong class="serious">refused</strong></td>""")
        : Tables.Share(finding.RobustAccuracy, isFirst || baseline is null ? "" : Words.Points(finding.RobustAccuracy, baseline.RobustAccuracy));
}
