using Adamant.Training;

namespace Adamant.Reports;

/// <summary>Tables that scroll by themselves when the screen is narrow, and can be reached with the keyboard then.</summary>
internal static class Tables
{
    /// <summary>A table whose rows start with their name.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="caption">What the table shows.</param>
    /// <param name="columns">The first is the heading above the rows' names.</param>
    /// <param name="rows">The name and the cells of each row.</param>
    public static Html Grid(string id, Html caption, IReadOnlyList<Html> columns, IEnumerable<(Html Name, IEnumerable<Html> Cells)> rows) => Html.Of(
        $"""
        <div class="scroll" role="region" aria-labelledby="{id}" tabindex="0"><table>
        <caption id="{id}"><span>{caption}</span></caption>
        <thead><tr>{Html.Each(columns, c => Html.Of($"""<th scope="col"><span>{c}</span></th>"""))}</tr></thead>
        <tbody>{Html.Each(rows, r => Html.Of($"""<tr><th scope="row"><span>{r.Name}</span></th>{Html.Join(r.Cells)}</tr>"""))}</tbody>
        </table></div>
        """);

    /// <summary>Names and their values; those without a value are left out.</summary>
    public static Html Facts(string id, string caption, params IEnumerable<(string Name, string Value)> facts) => Html.Of(
        $"""
        <div class="scroll" role="region" aria-labelledby="{id}" tabindex="0"><table class="facts">
        <caption id="{id}"><span>{caption}</span></caption>
        <tbody>{Html.Each(facts.Where(f => f.Value.Length > 0), Fact)}</tbody>
        </table></div>
        """);

    private static Html Fact((string Name, string Value) fact) => Html.Of($"""<tr><th scope="row"><span>{fact.Name}</span></th><td>{fact.Value}</td></tr>""");

    /// <summary>A cell with text.</summary>
    public static Html Text(string text) => Html.Of($"<td>{text}</td>");

    /// <summary>A cell with a number.</summary>
    public static Html Number(string number) => Html.Of($"""<td class="number">{number}</td>""");

    /// <summary>A cell with a share, a bar as long as the share, its interval, and a remark.</summary>
    public static Html Share(Proportion share, string remark = "")
    {
        var length = share.Trials == 0 ? 0 : share.Value;
        var more = remark.Length > 0 ? Html.Of($"<br />{remark}") : Html.None;
        return Html.Of($"""<td class="number share" style="--share:{length:0.####}">{Words.Percent(share)}<small>{Words.Interval(share)}{more}</small></td>""");
    }
}
