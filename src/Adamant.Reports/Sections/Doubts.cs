using Adamant.Auditing;

namespace Adamant.Reports.Sections;

/// <summary>Reasons not to take a score at its word; left out where there are none.</summary>
internal static class Doubts
{
    public static Html Render(Audit audit)
    {
        var doubts = audit.Models.SelectMany(m => m.Doubts.Select(d => (Model: m.Name, Doubt: d))).OrderByDescending(d => d.Doubt.Severity).ToList();
        return doubts.Count == 0 ? Html.None : Tables.Grid(
            "doubts-table",
            Html.Of($"What the attacks noticed while they ran. “Serious” means: do not believe the score as it stands."),
            [Html.Of($"Severity"), Html.Of($"Model"), Html.Of($"Attack"), Html.Of($"What was seen, and what to do"), Html.Of($"Code")],
            doubts.Select(d => (
                Html.Of($"""<strong class="{Name(d.Doubt.Severity)}">{d.Doubt.Severity}</strong>"""),
                (IEnumerable<Html>)
                [
                    Tables.Text(d.Model), Tables.Text(Words.Attack(d.Doubt.Attack)), Html.Of($"""<td class="wide">{d.Doubt.Message}</td>"""), Html.Of($"<td><code>{d.Doubt.Code}</code></td>"),
                ])));
    }

    private static string Name(Severity severity) => severity == Severity.Serious ? "serious" : "";
}
