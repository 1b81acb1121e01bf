namespace Adamant.Reports.Figures;

/// <summary>The legend of a group of charts, as text that wraps, with a sample of each line.</summary>
internal static class Legend
{
    public static Html Of(IEnumerable<(string Name, int Style)> entries) => Html.Of(
        $"""<ul class="legend">{Html.Each(entries, e => Html.Of($"<li>{Sample(e.Style)}{e.Name}</li>"))}</ul>""");

    private static Html Sample(int style) => Html.Of(
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 12" aria-hidden="true" style="color:{SeriesStyle.Variable(style)}">
        <path d="M1 6H43" stroke="currentColor" stroke-width="2" stroke-dasharray="{SeriesStyle.Dash(style)}" />{Marker(style)}
        </svg>
        """);

    private static Html Marker(int style) => (style % SeriesStyle.Count) switch
    {
        0 => Html.Of($"""<circle cx="22" cy="6" r="4" fill="currentColor" />"""),
        1 => Html.Of($"""<rect x="18" y="2" width="8" height="8" fill="currentColor" />"""),
        2 => Html.Of($"""<path d="M22 1L27 10H17Z" fill="currentColor" />"""),
        3 => Html.Of($"""<path d="M22 1L27 6L22 11L17 6Z" fill="currentColor" />"""),
        4 => Html.Of($"""<path d="M22 11L27 2H17Z" fill="currentColor" />"""),
        _ => Html.Of($"""<circle cx="22" cy="6" r="4" fill="none" stroke="currentColor" />"""),
    };
}
