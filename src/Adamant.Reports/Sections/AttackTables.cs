using Adamant.Auditing;

namespace Adamant.Reports.Sections;

/// <summary>One table per model with a row per attack.</summary>
internal static class AttackTables
{
    public static Html Render(Audit audit) => Html.Each(audit.Models, (m, i) => m.Attacks.Count > 0 ? Table(audit, m, i) : Html.None);

    private static Html Table(Audit audit, AuditedModel model, int index) => Tables.Grid(
        $"attacks-{index}",
        Html.Of($"The {model.Name} model under each attack at {audit.Threat}"),
        [
            Html.Of($"Attack"), Html.Of($"Robust accuracy"), Html.Of($"Attacker’s success"), Html.Of($"Largest move"), Html.Of($"Forwards"),
            Html.Of($"Gradients"), Html.Of($"Time"), Html.Of($"Parameters"),
        ],
        model.Attacks.Select(a => (Html.Of($"{Words.Attack(a.Name)}"), Cells(a))));

    private static IEnumerable<Html> Cells(AttackFinding finding) =>
    [
        Tables.Share(finding.RobustAccuracy),
        Tables.Share(finding.Success),
        Tables.Number(Words.Number(finding.MaxPerturbation)),
        Tables.Number(Words.Count(finding.Forwards)),
        Tables.Number(Words.Count(finding.Gradients)),
        Tables.Number(Words.Duration(finding.Seconds)),
        Html.Of($"""<td class="wide"><code>{finding.Parameters}</code></td>"""),
    ];
}
