using System.Globalization;
using System.Xml.Linq;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Adamant.Reports.Figures;

/// <summary>Lines over an axis, drawn by ScottPlot as SVG that takes its colors from the style sheet and its font from the reader.</summary>
internal static class LineChart
{
    private const int Width = 400, Height = 270;
    private const float FontSize = 13;
    private const string Ink = "#200001", Grid = "#200002";

    /// <summary>Draws a chart.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="finding">What the chart shows, for those who cannot see it.</param>
    /// <param name="xLabel">The name of the horizontal axis.</param>
    /// <param name="isShare">The vertical axis goes from 0 to 100 %; otherwise it fits the points.</param>
    /// <param name="xTicks">Where the horizontal axis is labeled; null for whole numbers.</param>
    /// <param name="series">The lines.</param>
    public static Html Draw(string id, string finding, string xLabel, bool isShare, IReadOnlyList<double>? xTicks, IReadOnlyList<Series> series)
    {
        EmbeddedFont.Register();
        using var plot = new Plot();
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        foreach (var line in series) AddBand(plot, line);
        foreach (var line in series) AddLine(plot, line);
        Furnish(plot, HtmlInterpolation.Printable(xLabel), isShare, xTicks, series);
        return Themed(XElement.Parse(plot.GetSvgXml(Width, Height)), id, HtmlInterpolation.Printable(finding));
    }

    private static void AddBand(Plot plot, Series line)
    {
        if (line.Band.Count < 2) return;
        double[] xs = [.. line.Points.Select(p => p.X)];
        var band = plot.Add.FillY(xs, [.. line.Band.Select(b => b.Low)], [.. line.Band.Select(b => b.High)]);
        band.FillColor = Color.FromHex(SeriesStyle.StandIn(line.Style)).WithAlpha(.18);
        band.LineWidth = 0;
        band.MarkerSize = 0;
    }

    private static void AddLine(Plot plot, Series line)
    {
        var points = line.Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToList();
        if (points.Count == 0) return;
        var scatter = plot.Add.Scatter(points.Select(p => p.X).ToArray(), points.Select(p => p.Y).ToArray());
        scatter.Color = Color.FromHex(SeriesStyle.StandIn(line.Style));
        scatter.LineWidth = 2;
        scatter.MarkerShape = SeriesStyle.Marker(line.Style);
        scatter.MarkerSize = points.Count > 40 ? 0 : 8;
    }

    private static void Furnish(Plot plot, string xLabel, bool isShare, IReadOnlyList<double>? xTicks, IReadOnlyList<Series> series)
    {
        var (bottom, left) = (plot.Axes.Bottom, plot.Axes.Left);
        plot.Axes.Color(Color.FromHex(Ink));
        plot.Grid.MajorLineColor = Color.FromHex(Grid);
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.Top.FrameLineStyle.Width = plot.Axes.Right.FrameLineStyle.Width = left.FrameLineStyle.Width = 0;
        left.MajorTickStyle.Length = left.MinorTickStyle.Length = bottom.MinorTickStyle.Length = 0;
        bottom.Label.Text = xLabel;
        bottom.Label.Bold = false;
        bottom.Label.FontSize = bottom.TickLabelStyle.FontSize = left.TickLabelStyle.FontSize = FontSize;
        bottom.Label.FontName = bottom.TickLabelStyle.FontName = left.TickLabelStyle.FontName = EmbeddedFont.Name;
        bottom.TickGenerator = xTicks is null
            ? new NumericAutomatic { IntegerTicksOnly = true, LabelFormatter = Plain }
            : new NumericManual([.. xTicks], [.. xTicks.Select(Plain)]);
        left.TickGenerator = new NumericAutomatic { LabelFormatter = Plain, TargetTickCount = 5 };
        if (isShare) left.TickGenerator = new NumericManual([0, .25, .5, .75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"]);

        var xs = series.SelectMany(s => s.Points).Select(p => p.X).DefaultIfEmpty(0).ToList();
        var margin = Math.Max((xs.Max() - xs.Min()) * .04, xs.Max() > xs.Min() ? 0 : .5);
        var ys = series.SelectMany(s => s.Points).Select(p => p.Y).Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        plot.Axes.SetLimitsX(xs.Min() - margin, xs.Max() + margin);
        if (isShare) plot.Axes.SetLimitsY(-.03, 1.03);
        else plot.Axes.SetLimitsY(Math.Min(0, ys.Min()), ys.Max() > 0 ? 1.08 * ys.Max() : 1);
        plot.Layout.Fixed(new PixelPadding(52, 14, 46, 10));
    }

    private static string Plain(double value) => value.ToString("0.#####", CultureInfo.InvariantCulture);

    /// <summary>Colors become the theme's, identifiers unique, texts whole, and the figure as wide as its place.</summary>
    private static Html Themed(XElement svg, string id, string finding)
    {
        svg.SetAttributeValue("width", null);
        svg.SetAttributeValue("height", null);
        svg.SetAttributeValue("viewBox", $"0 0 {Width} {Height}");
        svg.SetAttributeValue("role", "img");
        svg.SetAttributeValue("aria-label", finding);
        svg.Attributes().Where(a => a.IsNamespaceDeclaration && a.Name.LocalName == "xlink").Remove();
        Rename(svg, id);
        foreach (var element in svg.Descendants().ToList())
        {
            foreach (var color in element.Attributes().Where(a => a.Name.LocalName is "fill" or "stroke")) color.Value = Themed(color.Value);
            if (element.Name.LocalName == "text") Whole(element);
            if (element.Name.LocalName == "path" && SeriesStyle.DashOf((string?)element.Attribute("stroke")) is { } dash)
                element.SetAttributeValue("stroke-dasharray", dash);
        }
        return Html.From(svg);
    }

    private static string Themed(string color) => color switch
    {
        Ink => "currentColor",
        Grid => "var(--line)",
        _ => SeriesStyle.VariableFor(color) ?? color,
    };

    /// <summary>Skia numbers its clips through the whole process: number them within the chart, so that the same audit gives the same page.</summary>
    private static void Rename(XElement svg, string id)
    {
        var names = svg.Descendants().Attributes("id").Select((a, i) => (Old: a.Value, New: $"{id}-clip-{i}")).ToDictionary(n => n.Old, n => n.New);
        foreach (var attribute in svg.Descendants().Attributes("id")) attribute.Value = names[attribute.Value];
        foreach (var attribute in svg.Descendants().Attributes("clip-path")) attribute.Value = $"url(#{names[attribute.Value[5..^1]]})";
    }

    /// <summary>Skia places every letter; we keep the anchor only, so that the text stays whole in any font.</summary>
    private static void Whole(XElement text)
    {
        using var font = new SKFont(EmbeddedFont.Typeface, FontSize);
        text.Value = text.Value.Trim();
        var (start, width) = (First(text, "x"), font.MeasureText(text.Value));
        var (anchor, x) = Math.Abs(start + width) < 1 ? ("end", start + width)
            : Math.Abs(start + width / 2) < 1 ? ("middle", start + width / 2)
            : ("start", start);
        text.SetAttributeValue("x", x.ToString("0.##", CultureInfo.InvariantCulture));
        text.SetAttributeValue("y", First(text, "y").ToString("0.##", CultureInfo.InvariantCulture));
        text.SetAttributeValue("text-anchor", anchor);
        text.SetAttributeValue("fill", "currentColor");
        text.SetAttributeValue("font-family", null);
    }

    private static float First(XElement text, string name) =>
        float.Parse(((string?)text.Attribute(name) ?? "0").Split(',')[0], CultureInfo.InvariantCulture);
}
