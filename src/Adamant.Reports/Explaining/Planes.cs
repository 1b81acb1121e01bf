using Adamant.Explaining;
using Adamant.Reports.Figures;

namespace Adamant.Reports.Explaining;

/// <summary>Decision boundaries: a picture of the plane per model.</summary>
internal static class Planes
{
    public static Html Render(Explanation explanation) => explanation.Boundaries.Count == 0 ? Html.None : Html.Of(
        $"""
        <p>The color of the ground is what the model answers there, the marks are samples with their true class: a mark on ground of another color is a mistake.</p>
        <div class="charts planes">{Html.Each(explanation.Boundaries, Plane)}</div>
        """);

    private static Html Plane(DecisionBoundary boundary)
    {
        var classes = boundary.Points.Select(p => p.Label).Concat(boundary.Cells).Distinct().Order().ToList();
        string Name(int label) => Words.Class(boundary.ClassNames, label);
        var accuracy = $"{Words.Percent(boundary.Accuracy)} of {Words.Count(boundary.Accuracy.Trials)} right";
        var shares = classes.Select(c => $"{Words.Percent(boundary.Cells.Count(a => a == c) / (double)boundary.Cells.Count)} of the plane is {Name(c)}");
        return Html.Of(
            $"""
            <figure>{PlaneChart.Draw(boundary, $"{boundary.Name}: {accuracy}; {string.Join(", ", shares)}.")}
            <figcaption>{boundary.Name}: {accuracy}
            <ul class="legend">{Html.Each(classes, c => Html.Of($"<li>{PlaneChart.Key(c)}{Name(c)}</li>"))}</ul></figcaption></figure>
            """);
    }
}
