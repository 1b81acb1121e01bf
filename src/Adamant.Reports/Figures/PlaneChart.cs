using Adamant.Explaining;

namespace Adamant.Reports.Figures;

/// <summary>The plane in the colors of a model's answers, and the samples over it in the colors and shapes of their classes.</summary>
internal static class PlaneChart
{
    private const int Side = 300, Left = 46, Top = 8, Bottom = 44;

    /// <summary>Draws the plane.</summary>
    /// <param name="boundary">Answers and samples.</param>
    /// <param name="finding">What the figure shows, for those who cannot see it.</param>
    public static Html Draw(DecisionBoundary boundary, string finding)
    {
        double Across(double x) => Left + (Side * (x - boundary.X[0]) / (boundary.X[1] - boundary.X[0]));
        double Down(double y) => Top + (Side * (boundary.Y[1] - y) / (boundary.Y[1] - boundary.Y[0]));
        return Html.Of(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Left + Side + 8} {Top + Side + Bottom}" role="img" aria-label="{finding}">
            <g shape-rendering="crispEdges" fill-opacity="0.25">{Areas(boundary)}</g>
            <g stroke="var(--page)" stroke-width="1">{Html.Each(boundary.Points, p => Mark(p.Label, Across(p.X), Down(p.Y)))}</g>
            <rect x="{Left}" y="{Top}" width="{Side}" height="{Side}" fill="none" stroke="var(--line)" />
            <g fill="currentColor" font-size="13">
            {Html.Each(Ticks(boundary.X), t => Html.Of($"""<text x="{Across(t):0.#}" y="{Top + Side + 18}" text-anchor="middle">{t:0.##}</text>"""))}
            {Html.Each(Ticks(boundary.Y), t => Html.Of($"""<text x="{Left - 7}" y="{Down(t) + 4:0.#}" text-anchor="end">{t:0.##}</text>"""))}
            <text x="{Left + (Side / 2)}" y="{Top + Side + 38}" text-anchor="middle">{boundary.Axes[0]}</text>
            <text x="12" y="{Top + (Side / 2)}" text-anchor="middle" transform="rotate(-90 12 {Top + (Side / 2)})">{boundary.Axes[1]}</text>
            </g></svg>
            """);
    }

    /// <summary>The sign of a class, as the points have it.</summary>
    public static Html Key(int label) => Html.Of(
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12" aria-hidden="true">{Mark(label, 6, 6)}</svg>""");

    /// <summary>Neighbors with the same answer become one rectangle.</summary>
    private static Html Areas(DecisionBoundary boundary)
    {
        var (n, size) = (boundary.Resolution, (double)Side / boundary.Resolution);
        var areas = new List<Html>();
        for (var row = 0; row < n; row++)
        {
            for (int from = 0, to = 0; from < n; from = to)
            {
                var answer = boundary.Cells[(row * n) + from];
                while (to < n && boundary.Cells[(row * n) + to] == answer) to++;
                areas.Add(Html.Of(
                    $"""<rect x="{Left + (from * size):0.##}" y="{Top + Side - ((row + 1) * size):0.##}" width="{(to - from) * size:0.##}" height="{size:0.##}" fill="{SeriesStyle.Variable(answer)}" />"""));
            }
        }
        return Html.Join(areas);
    }

    private static Html Mark(int label, double x, double y)
    {
        var fill = SeriesStyle.Variable(label);
        return (label % SeriesStyle.Count) switch
        {
            0 => Html.Of($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="4" fill="{fill}" />"""),
            1 => Html.Of($"""<rect x="{x - 4:0.#}" y="{y - 4:0.#}" width="8" height="8" fill="{fill}" />"""),
            2 => Html.Of($"""<path d="M{x:0.#} {y - 5:0.#}l5 9h-10z" fill="{fill}" />"""),
            3 => Html.Of($"""<path d="M{x:0.#} {y - 5:0.#}l5 5l-5 5l-5 -5z" fill="{fill}" />"""),
            4 => Html.Of($"""<path d="M{x:0.#} {y + 5:0.#}l5 -9h-10z" fill="{fill}" />"""),
            _ => Html.Of($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="2.5" fill="{fill}" />"""),
        };
    }

    /// <summary>Three to six round numbers inside a range.</summary>
    private static IEnumerable<double> Ticks(IReadOnlyList<double> range)
    {
        var rough = (range[1] - range[0]) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power is < 1.5 ? 1 : rough / power is < 3.5 ? 2 : rough / power is < 7.5 ? 5 : 10);
        for (var k = Math.Ceiling(range[0] / step); k * step <= range[1]; k++) yield return (k * step) + 0.0;                       // −0 becomes 0
    }
}
