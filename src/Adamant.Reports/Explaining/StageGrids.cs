using Adamant.Explaining;
using Adamant.Reports.Figures;

namespace Adamant.Reports.Explaining;

/// <summary>The image on its way through the network: the pipeline in small, then all maps of each stage.</summary>
internal static class StageGrids
{
    private const int Columns = 8, Fold = 32;

    public static Html Render(Explanation explanation)
    {
        if (explanation is not { Stages.Count: > 0, Sample: { } sample }) return Html.None;
        return Html.Of(
            $"""
            <p>Each layer turns its input into maps, one per kernel: where in the image its pattern is. Pooling makes maps smaller, the linear layers at the end
            weigh them up. Of each stage the map with the strongest answers is shown here, and below all of them.</p>
            <ol class="pipeline">
            <li>{Input(explanation, sample)}<b>input</b><span>{Size(sample.Shape)}</span></li>
            {Html.Each(explanation.Stages, s => Html.Of($"""<li>{Strongest(s)}<b>{s.Layer}</b><span>{Size(s.Shape)}</span></li>"""))}
            </ol>
            <div class="grids">{Html.Each(explanation.Stages.Where(s => s.Shape.Count == 3), Grid)}</div>
            """);
    }

    private static string Size(IReadOnlyList<long> shape) => string.Join(" × ", shape);

    private static Html Input(Explanation explanation, ExplainedSample sample) =>
        Words.IsImage(sample.Shape) ? Answer.Draw(explanation, sample, "The image.") : Html.None;

    private static Html Strongest(FeatureMaps stage)
    {
        if (stage.Shape.Count != 3)
        {
            var row = stage.Maps[0];
            var most = Largest(stage);
            return Mosaic.Draw(row.Count, 1, 1, Math.Min(Fold, (int)Math.Ceiling(Math.Sqrt(row.Count))),
                (tile, _, _) => SignedColor.Of(row[tile], most), $"The {row.Count} outputs of {stage.Layer}, from {Words.Number(row.Min())} to {Words.Number(row.Max())}.");
        }
        var best = Enumerable.Range(0, stage.Maps.Count).MaxBy(i => stage.Maps[i].Sum(v => Math.Abs(v)));
        return Mosaic.Signed([stage.Maps[best]], stage.Height, stage.Width, 1, Largest(stage), $"Map {best} of {stage.Layer}, the strongest.");
    }

    private static Html Grid(FeatureMaps stage)
    {
        var largest = Largest(stage);
        var shown = stage.Maps.Count == stage.Shape[0] ? $"all {stage.Shape[0]} maps" : $"the first {stage.Maps.Count} of {stage.Shape[0]} maps";
        var averaged = stage.Height == stage.Shape[1] ? "" : $", averaged down to {stage.Height} × {stage.Width}";
        return Html.Of(
            $"""
            <figure><figcaption>{stage.Layer} ({stage.Kind}): {shown} of {stage.Shape[1]} × {stage.Shape[2]}{averaged}</figcaption>
            {Mosaic.Signed(stage.Maps, stage.Height, stage.Width, Columns, largest, $"{stage.Maps.Count} maps of {stage.Layer}; the largest value {Words.Number(largest)}.")}
            {SignedColor.Scale(largest, "output of the layer")}</figure>
            """);
    }

    private static double Largest(FeatureMaps stage) => stage.Maps.SelectMany(m => m).Max(v => Math.Abs(v));
}
