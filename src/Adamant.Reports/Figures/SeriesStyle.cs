using ScottPlot;

namespace Adamant.Reports.Figures;

/// <summary>How the n-th line looks: a color for those who see it, a dash and a marker for everybody.</summary>
/// <remarks>
/// Colors belong to the reader's theme, so a figure is drawn with stand-ins (see <see cref="StandIn"/>) that <see cref="LineChart"/> replaces by
/// variables of the style sheet.
/// </remarks>
internal static class SeriesStyle
{
    /// <summary>The number of different styles; further lines start again.</summary>
    public const int Count = 6;

    private static readonly string[] Dashes = ["none", "7 4", "2 3", "10 3 2 3", "14 4", "4 2"];

    private static readonly MarkerShape[] Markers =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown, MarkerShape.OpenCircle,
    ];

    public static string Dash(int style) => Dashes[style % Count];

    public static MarkerShape Marker(int style) => Markers[style % Count];

    /// <summary>The color of the style in the theme.</summary>
    public static string Variable(int style) => $"var(--series-{style % Count})";

    /// <summary>The color of the style while the figure is drawn.</summary>
    public static string StandIn(int style) => $"#10000{style % Count}";

    /// <summary>The theme's color for a stand-in; null for any other color.</summary>
    public static string? VariableFor(string standIn) => Enumerable.Range(0, Count).Where(s => StandIn(s) == standIn).Select(Variable).FirstOrDefault();

    /// <summary>The dash of the style with this color of the theme; null for any other color.</summary>
    public static string? DashOf(string? variable) => Enumerable.Range(0, Count).Where(s => Variable(s) == variable).Select(Dash).FirstOrDefault();
}
