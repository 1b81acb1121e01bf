using Adamant.Reports;
using ScottPlot;

namespace Adamant.Bench;

/// <summary>The two pictures of the memory study.</summary>
internal static class MemoryFigures
{
    /// <summary>The length whose gradients are drawn.</summary>
    public const int Shown = 100;

    private const string Font = "Liberation Sans";
    private static readonly MarkerShape[] Markers = [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp];

    public static void Draw(IReadOnlyList<MemoryResult> results, string folder)
    {
        Directory.CreateDirectory(folder);
        UseOurFont();
        var names = results.Select(r => r.Network).Distinct().ToList();

        using var accuracy = Sheet("length of the sequence (logarithmic)", "test accuracy");
        using var gradients = Sheet("step t, of 100", "share of the last step's gradient, log10");
        foreach (var (name, index) in names.Select((n, i) => (n, i)))
        {
            var means = results.Where(r => r.Network == name).GroupBy(r => r.Length).Select(g => (Length: g.Key, Mean: g.Average(r => r.Accuracy.Value)));
            var line = accuracy.Add.Scatter(means.Select(m => Math.Log10(m.Length)).ToArray(), means.Select(m => m.Mean).ToArray());
            (line.LegendText, line.LineWidth, line.MarkerSize, line.MarkerShape) = (name, 2, 9, Markers[index]);

            var shown = results.First(r => r.Network == name && r.Length == Shown);
            Flow(gradients, shown.Before.Norms, $"{name}, untrained", line.Color, LinePattern.Solid);
            Flow(gradients, shown.After.Norms, $"{name}, trained", line.Color, LinePattern.Dashed);
        }
        var lengths = results.Select(r => r.Length).Distinct().ToArray();
        accuracy.Axes.Bottom.SetTicks([.. lengths.Select(l => Math.Log10(l))], [.. lengths.Select(l => $"{l}")]);
        accuracy.Axes.Left.SetTicks([.5, .6, .7, .8, .9, 1], ["50 % (chance)", "60 %", "70 %", "80 %", "90 %", "100 %"]);
        accuracy.Axes.SetLimitsY(.45, 1.03);
        accuracy.SavePng(Path.Combine(folder, "memory-accuracy.png"), 760, 400);
        gradients.SavePng(Path.Combine(folder, "memory-gradients.png"), 760, 400);
    }

    private static void Flow(Plot plot, IReadOnlyList<double> norms, string name, Color color, LinePattern pattern)
    {
        var points = norms.Select((n, i) => (Step: i + 1.0, Log: Math.Log10(n / norms[^1]))).Where(p => double.IsFinite(p.Log)).ToList();
        var line = plot.Add.Scatter(points.Select(p => p.Step).ToArray(), points.Select(p => p.Log).ToArray(), color);
        (line.LegendText, line.LineWidth, line.MarkerSize, line.LinePattern) = (name, 2, 0, pattern);
    }

    private static Plot Sheet(string x, string y)
    {
        var plot = new Plot();
        plot.Font.Set(Font);
        plot.XLabel(x, 14);
        plot.YLabel(y, 14);
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.ShowLegend(Edge.Right);
        plot.Legend.FontName = Font;
        return plot;
    }

    /// <summary>A machine may have no font at all.</summary>
    private static void UseOurFont()
    {
        var path = Path.Combine(Path.GetTempPath(), "adamant-bench.ttf");
        using (var font = typeof(HtmlReport).Assembly.GetManifestResourceStream("LiberationSans-Regular.ttf")!)
        using (var file = File.Create(path)) font.CopyTo(file);
        Fonts.AddFontFile(Font, path);
    }
}
