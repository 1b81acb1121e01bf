using Adamant.Auditing;
using Adamant.Reports.Sections;

namespace Adamant.Reports;

/// <summary>The whole page: sections in the order in which a reader asks.</summary>
internal static class Page
{
    private static readonly (string Id, string Title, Func<Audit, Html> Render)[] Sections =
    [
        ("numbers", "Key numbers", KeyNumbers.Render),
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

    /// <summary>Well-formed as XML too, so that a test can hold every tag to account.</summary>
    public static Html Render(Audit audit)
    {
        var shown = Sections.Select(s => (s.Id, s.Title, Body: s.Render(audit))).Where(s => s.Body.ToString().Length > 0).ToList();
        return Html.Of(
            $"""
            <!DOCTYPE html>
            <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
            <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <title>{audit.Title}</title>
            <style>{Html.Resource("report.css")}</style>
            </head>
            <body>
            <a class="skip" href="#content">Skip to the content</a>
            {Headline.Render(audit)}
            <nav aria-label="Sections"><ul>{Html.Each(shown, s => Html.Of($"""<li><a href="#{s.Id}">{s.Title}</a></li>"""))}</ul></nav>
            <main id="content" tabindex="-1">
            {Html.Each(shown, s => Section(s.Id, s.Title, s.Body))}
            </main>
            <footer>
            <p>Made by Adamant {audit.Reproduction.AdamantVersion} on {audit.Created:yyyy-MM-dd HH:mm zzz}.
            The same numbers for machines: <a href="{HtmlReport.NumbersName}">{HtmlReport.NumbersName}</a>.</p>
            </footer>
            </body>
            </html>

            """);
    }

    private static Html Section(string id, string title, Html body) => Html.Of(
        $"""
        <section id="{id}" aria-labelledby="{id}-title"><h2 id="{id}-title">{title}</h2>
        {body}
        </section>

        """);
}
