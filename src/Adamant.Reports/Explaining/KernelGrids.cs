using Adamant.Explaining;
using Adamant.Reports.Figures;
using SkiaSharp;

namespace Adamant.Reports.Explaining;

/// <summary>The kernels of each convolution, a grid per layer on one scale.</summary>
internal static class KernelGrids
{
    private const int Columns = 8, MostRows = 8;

    public static Html Render(Explanation explanation) => explanation.Kernels.Count == 0 ? Html.None : Html.Of(
        $"""
        <p>A kernel slides over its input and answers strongly where the pixels below it look like it. Those of the first layer look at the image itself: edges,
        spots, stripes. Deeper ones look at the maps of the layer before.</p>
        <div class="grids">{Html.Each(explanation.Kernels, Bank)}</div>
        """);

    private static Html Bank(KernelBank bank)
    {
        var (height, width, area) = ((int)bank.Shape[2], (int)bank.Shape[3], (int)(bank.Shape[2] * bank.Shape[3]));
        var largest = bank.Kernels.SelectMany(k => k).Max(v => Math.Abs(v));
        var size = $"{height} × {width}";
        var (grid, what) = bank.Inputs switch
        {
            1 => (Mosaic.Signed(bank.Kernels, height, width, Columns, largest, $"{bank.Kernels.Count} kernels of {size} weights of {bank.Layer}, the largest {Words.Number(largest)}."),
                $"{bank.Kernels.Count} of {bank.Shape[0]} kernels, each {size} weights on one channel"),
            3 => (Mosaic.Draw(bank.Kernels.Count, height, width, Columns, Colored, $"{bank.Kernels.Count} kernels of {size} weights of {bank.Layer} as colors."),
                $"{bank.Kernels.Count} of {bank.Shape[0]} kernels, each {size} weights on red, green and blue; gray is 0"),
            _ => (Mosaic.Signed(Slices(), height, width, bank.Inputs, largest, $"Kernels of {bank.Layer} between the first maps; the largest weight {Words.Number(largest)}."),
                $"rows: the first {Math.Min(MostRows, bank.Kernels.Count)} of {bank.Shape[0]} output maps; columns: the first {bank.Inputs} of {bank.Shape[1]} input maps; each {size} weights"),
        };
        return Html.Of(
            $"""
            <figure><figcaption>{bank.Layer}: {what}</figcaption>
            {grid}
            {(bank.Inputs == 3 ? Html.None : SignedColor.Scale(largest, "weight"))}</figure>
            """);

        SKColor Colored(int tile, int row, int column)
        {
            byte Channel(int c) => (byte)Math.Round(127.5 + (127.5 * bank.Kernels[tile][(c * area) + (row * width) + column] / Math.Max(largest, 1e-12)));
            return new SKColor(Channel(0), Channel(1), Channel(2));
        }

        List<IReadOnlyList<float>> Slices() => [.. bank.Kernels.Take(MostRows).SelectMany(k => k.Chunk(area))];
    }
}
