using Adamant.Explaining;

namespace Adamant.Reports.Explaining;

/// <summary>What sharing weights saves: each layer beside a dense one between the same shapes.</summary>
internal static class CostTable
{
    private static readonly Html[] Columns =
        [Html.Of($"Layer"), Html.Of($"Parameters"), Html.Of($"Dense instead"), Html.Of($"Times"), Html.Of($"Kind"), Html.Of($"In"), Html.Of($"Out")];

    public static Html Render(Explanation explanation)
    {
        if (explanation.Costs is not { Count: > 0 } costs) return Html.None;
        var total = new LayerCost("all layers", "", [], [], costs.Sum(c => c.Parameters), costs.Sum(c => c.DenseParameters));
        return Html.Of(
            $"""
            <p>A convolution uses the same few weights everywhere in the image. A dense layer that turns the same input into an output of the same size has a weight
            for each pair of an input and an output number.</p>
            {Tables.Grid("costs", Html.Of($"Weights and biases per layer"), Columns, costs.Append(total).Select(Row))}
            """);
    }

    private static (Html, IEnumerable<Html>) Row(LayerCost cost) => (Html.Of($"{cost.Layer}"),
    [
        Tables.Number(Words.Count(cost.Parameters)), Tables.Number(Words.Count(cost.DenseParameters)), Tables.Number($"{(double)cost.DenseParameters / cost.Parameters:N0}"),
        Tables.Number(cost.Kind), Tables.Number(string.Join(" × ", cost.Input)), Tables.Number(string.Join(" × ", cost.Output)),
    ]);
}
