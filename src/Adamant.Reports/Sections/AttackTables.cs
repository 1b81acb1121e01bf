using Adamant.Auditing;

namespace Adamant.Reports.Sections;

/// <summary>One table per model with a row per attack.</summary>
internal static class AttackTables
{
    public static Html Render(Audit audit) => Html.Each(audit.Models, (m, i) => m.Attacks.Count > 0 ? Table(audit, m, i) : Html.None);

    private static Html Table(Audit audit, AuditedModel model, int index)
    {
        var (distances, queries) = (model.Attacks.Any(a => a.MedianDistance is not null), model.Attacks.Any(a => a.MedianQueries is not null));
        return Tables.Grid(
            $"attacks-{index}",
            Html.Of($"The {model.Name} model under each attack at {audit.Threat}{(distances ? "; the median distance is that of the nearest samples that fool, over those of the curves" : "")}"),
            [
                Html.Of($"Attack"), Html.Of($"Robust accuracy"), Html.Of($"Attacker’s success"), Html.Of($"Worst class"), Html.Of($"Largest move"),
                .. distances ? [Html.Of($"Median distance")] : Array.Empty<Html>(), .. queries ? [Html.Of($"Median queries to success")] : Array.Empty<Html>(),
                Html.Of($"Forwards"), Html.Of($"Gradients"), Html.Of($"Time"), Html.Of($"Parameters"),
            ],
            model.Attacks.Select(a => (Html.Of($"{Words.Attack(a.Name)}"), Cells(audit, a, distances, queries))));
    }

    private static IEnumerable<Html> Cells(Audit audit, AttackFinding finding, bool distances, bool queries) =>
    [
        finding.Refusal is not null ? Html.Of($"""<td><strong class="serious">refused</strong>: {finding.Refusal}</td>""") : Tables.Share(finding.RobustAccuracy),
        Tables.Share(finding.Success),
        finding.WorstClass is { } c ? Tables.Share(finding.PerClass[c], Words.Class(audit.Data.ClassNames, c)) : Tables.Text("–"),
        Tables.Number(Words.Number(finding.MaxPerturbation)),
        .. distances ? [Tables.Number(finding.MedianDistance is { } distance ? Words.Number(distance) : "–")] : Array.Empty<Html>(),
        .. queries ? [Tables.Number(finding.MedianQueries is { } asked ? Words.Count((long)asked) : "–")] : Array.Empty<Html>(),
        Tables.Number(Words.Count(finding.Forwards)),
        Tables.Number(Words.Count(finding.Gradients)),
        Tables.Number(Words.Duration(finding.Seconds)),
        Html.Of($"""<td class="wide"><code>{finding.Parameters}</code></td>"""),
    ];
}
