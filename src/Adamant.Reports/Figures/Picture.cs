using SkiaSharp;

namespace Adamant.Reports.Figures;

/// <summary>A sample as a small PNG inside the page: every value a block of equal pixels, so that nothing is smoothed away.</summary>
internal static class Picture
{
    private const int Side = 128;

    /// <summary>A picture.</summary>
    /// <param name="values">Channel by channel, row by row, as in the tensor.</param>
    /// <param name="shape"><c>[channels, height, width]</c> with 1 or 3 channels.</param>
    /// <param name="brightness">From a value to a brightness; what lies outside [0, 1] is cut off.</param>
    /// <param name="alt">What it shows, for those who cannot see it.</param>
    public static Html Draw(IReadOnlyList<float> values, IReadOnlyList<long> shape, Func<float, double> brightness, string alt)
    {
        var (channels, height, width) = ((int)shape[0], (int)shape[1], (int)shape[2]);
        var longer = Math.Max(height, width);
        var scale = longer <= Side ? Side / longer : (double)Side / longer;
        var (rows, columns) = (Math.Max(1, (int)(height * scale)), Math.Max(1, (int)(width * scale)));
        using var bitmap = new SKBitmap(columns, rows, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var pixels = new SKColor[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var at = row * height / rows * width + column * width / columns;
                byte Channel(int c) => (byte)Math.Round(255 * Math.Clamp(brightness(values[(channels == 1 ? 0 : c) * height * width + at]), 0, 1));
                pixels[row * columns + column] = new SKColor(Channel(0), Channel(1), Channel(2));
            }
        }
        bitmap.Pixels = pixels;
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var data = Convert.ToBase64String(png.AsSpan());
        return Html.Of($"""<img src="data:image/png;base64,{data}" width="{columns}" height="{rows}" alt="{alt}" />""");
    }
}
