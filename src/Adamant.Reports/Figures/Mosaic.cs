using SkiaSharp;

namespace Adamant.Reports.Figures;

/// <summary>Many small pictures of one size in a grid, as one PNG inside the page: every value a block of equal pixels.</summary>
internal static class Mosaic
{
    private const int Width = 640, LargestBlock = 16, WidestGap = 4;
    private static readonly SKColor Between = new(0x6B, 0x75, 0x80);                // seen beside white and beside full colors

    /// <summary>A grid of tiles.</summary>
    /// <param name="count">How many tiles.</param>
    /// <param name="height">Values of a tile from top to bottom.</param>
    /// <param name="width">Values of a tile from left to right.</param>
    /// <param name="columns">Tiles next to each other.</param>
    /// <param name="color">The color at tile, row and column.</param>
    /// <param name="alt">What it shows, for those who cannot see it.</param>
    public static Html Draw(int count, int height, int width, int columns, Func<int, int, int, SKColor> color, string alt)
    {
        columns = Math.Min(columns, count);
        var gap = height * width == 1 ? 0 : WidestGap;          // single numbers are apart by themselves
        var block = Math.Clamp((Width - (gap * (columns - 1))) / (columns * width), 1, LargestBlock);
        var rows = (count + columns - 1) / columns;
        var (wide, high) = ((columns * width * block) + ((columns - 1) * gap), (rows * height * block) + ((rows - 1) * gap));
        using var bitmap = new SKBitmap(wide, high, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var pixels = new SKColor[wide * high];
        Array.Fill(pixels, Between);
        for (var tile = 0; tile < rows * columns; tile++)
        {
            var (top, left) = (tile / columns * ((height * block) + gap), tile % columns * ((width * block) + gap));
            for (var i = 0; i < height * width; i++)
            {
                var ink = tile < count ? color(tile, i / width, i % width) : SKColors.Transparent;
                for (var p = 0; p < block * block; p++)
                    pixels[((top + (i / width * block) + (p / block)) * wide) + left + (i % width * block) + (p % block)] = ink;
            }
        }
        bitmap.Pixels = pixels;
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return Html.Of($"""<img class="mosaic" src="data:image/png;base64,{Convert.ToBase64String(png.AsSpan())}" width="{wide}" height="{high}" alt="{alt}" />""");
    }

    /// <summary>A grid of numbers with a sign, on one scale.</summary>
    /// <param name="tiles">The values of each tile, row by row.</param>
    /// <param name="height">Values of a tile from top to bottom.</param>
    /// <param name="width">Values of a tile from left to right.</param>
    /// <param name="columns">Tiles next to each other.</param>
    /// <param name="largest">The absolute value with the full color.</param>
    /// <param name="alt">What it shows.</param>
    public static Html Signed(IReadOnlyList<IReadOnlyList<float>> tiles, int height, int width, int columns, double largest, string alt) =>
        Draw(tiles.Count, height, width, columns, (tile, row, column) => SignedColor.Of(tiles[tile][(row * width) + column], largest), alt);
}
