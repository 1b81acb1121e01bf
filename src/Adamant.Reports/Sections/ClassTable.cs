using Adamant.Auditing;

namespace Adamant.Reports.Sections;

/// <summary>Robust accuracy per class: which classes fall first.</summary>
internal static class ClassTable
{
    public static Html Render(Audit audit)
    {
        var columns = audit.Models.SelectMany(m => m.Attacks.Select(a => (Model: m, Attack: a))).ToList();
        var classes = columns.Count == 0 ? 0 : columns.Max(c => c.Attack.PerClass.Count);
        return classes == 0 ? Html.None : Tables.Grid(
            "classes-table",
            Html.Of($"Share of each class that is still right under attack at {audit.Threat}, with 95 % intervals; the bar is as long as the share."),
            [Html.Of($"Class"), .. columns.Select(c => Html.Of($"{c.Model.Name}<br />{Words.Attack(c.Attack.Name)}"))],
            Enumerable.Range(0, classes).Select(k => (
                Html.Of($"{Words.Class(audit.Data.ClassNames, k)}"),
                columns.Select(c => k < c.Attack.PerClass.Count ? Tables.Share(c.Attack.PerClass[k]) : Tables.Text("–")))));
    }
}
