namespace Adamant.Reports;

/// <summary>What every page has around its sections: head, style, the list of sections, footer.</summary>
internal static class Shell
{
    /// <summary>Well-formed as XML too, so that a test can hold every tag to account. Sections without a body are left out.</summary>
    public static Html Render(string title, Html header, IEnumerable<(string Id, string Title, Html Body)> sections, Html footer)
    {
        var shown = sections.Where(s => s.Body.ToString().Length > 0).ToList();
        return Html.Of(
            $"""
            <!DOCTYPE html>
            <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
            <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <title>{title}</title>
            <style>{Html.Resource("report.css")}</style>
            </head>
            <body>
            <a class="skip" href="#content">Skip to the content</a>
            {header}
            <nav aria-label="Sections"><ul>{Html.Each(shown, s => Html.Of($"""<li><a href="#{s.Id}">{s.Title}</a></li>"""))}</ul></nav>
            <main id="content" tabindex="-1">
            {Html.Each(shown, s => Section(s.Id, s.Title, s.Body))}
            </main>
            <footer>
            {footer}
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
