using Adamant.Auditing;
using Adamant.Reports.Sections;

namespace Adamant.Reports;

/// <summary>The whole page: sections in the order in which a reader asks.</summary>
internal static class Page
{
    private static readonly (string Id, string Title, Func<Audit, Html> Render)[] Sections =
    [
        ("numbers", "Key numbers", KeyNumbers.Render),
        ("doubts", "Doubts about these numbers", Doubts.Render),
        ("comparison", "Models compared", Comparison.Render),
        ("curves", "Accuracy as the attacker is allowed more", SecurityCurves.Render),
        ("attacks", "Every attack in numbers", AttackTables.Render),
        ("classes", "Class by class", ClassTable.Render),
        ("examples", "Attacked samples", ExampleGallery.Render),
        ("learning", "Learning curves", LearningCurves.Render),
        ("models", "Model cards", ModelCards.Render),
        ("data", "Data card", DataCard.Render),
        ("reproduce", "How to reproduce", Reproducing.Render),
        ("limits", "What these numbers do not say", Limits.Render),
    ];

    public static Html Render(Audit audit) => Shell.Render(
        audit.Title,
        Headline.Render(audit),
        Sections.Select(s => (s.Id, s.Title, s.Render(audit))),
        Html.Of(
            $"""
            <p>Made by Adamant {audit.Reproduction.AdamantVersion} on {audit.Created:yyyy-MM-dd HH:mm zzz}.
            The same numbers for machines: <a href="{HtmlReport.NumbersName}">{HtmlReport.NumbersName}</a>.</p>
            """));
}
