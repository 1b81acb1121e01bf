using Adamant.Auditing;

namespace Adamant.Reports.Sections;

/// <summary>All models side by side, each against the first.</summary>
internal static class Comparison
{
    public static Html Render(Audit audit)
    {
        if (audit.Models.Count < 2) return Html.None;
        var first = audit.Models[0];
        var attacks = audit.Models.SelectMany(m => m.Attacks).Select(a => a.Name).Distinct().ToList();
        return Tables.Grid(
            "comparison-table",
            Html.Of($"Accuracy at {audit.Threat} with 95 % intervals; points are against the {first.Name} model."),
            [Html.Of($"Model"), Html.Of($"Clean"), .. attacks.Select(a => Html.Of($"{Words.Attack(a)}"))],
            audit.Models.Select(m => (
                Html.Of($"{m.Name}"),
                attacks.Select(a => Cell(Find(m, a), Find(first, a), m == first))
                    .Prepend(Tables.Share(m.CleanAccuracy, m == first ? "" : Words.Points(m.CleanAccuracy, first.CleanAccuracy))))));
    }

    private static AttackFinding? Find(AuditedModel model, string attack) => model.Attacks.FirstOrDefault(a => a.Name == attack);

    private static Html Cell(AttackFinding? finding, AttackFinding? baseline, bool isFirst) => finding is null
        ? Tables.Text("not run")
        : Tables.Share(finding.RobustAccuracy, isFirst || baseline is null ? "" : Words.Points(finding.RobustAccuracy, baseline.RobustAccuracy));
}
