using SkiaSharp;

namespace Adamant.Reports.Figures;

/// <summary>Numbers from 0 to 1 with tokens on both axes: rows look at columns, and the darker the cell, the more.</summary>
internal static class TokenMatrix
{
    private const int Cell = 14, MostLetters = 12, Label = 92;
    private static readonly SKColor Ink = new(0x0B, 0x63, 0xA8);

    /// <summary>Draws a matrix.</summary>
    /// <param name="rows">As many rows and columns as there are tokens.</param>
    /// <param name="tokens">Their names; none are written where there would be more than <paramref name="mostLabels"/>.</param>
    /// <param name="finding">What it shows, for those who cannot see it.</param>
    /// <param name="mostLabels">The greatest number of tokens whose names are written.</param>
    public static Html Draw(IReadOnlyList<IReadOnlyList<float>> rows, IReadOnlyList<string> tokens, string finding, int mostLabels = 48)
    {
        var (count, isLabeled) = (rows.Count, tokens.Count <= mostLabels);
        var (margin, side) = (isLabeled ? Label : 0, count * Cell);
        return Html.Of(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" class="matrix" viewBox="0 0 {margin + side} {margin + side}" width="{margin + side}" role="img" aria-label="{finding}" style="max-width:100%;height:auto;color:var(--quiet);font-size:11px">
            <image x="{margin}" y="{margin}" width="{side}" height="{side}" style="image-rendering:pixelated" href="data:image/png;base64,{Png(rows)}" />
            {(isLabeled ? Html.Each(tokens, Labels) : Html.None)}
            </svg>
            """);

        Html Labels(string token, int index)
        {
            var at = margin + (index * Cell) + (Cell / 2) + 4;
            var name = token.Length <= MostLetters ? token : $"{token[..(MostLetters - 1)]}…";
            return Html.Of(
                $"""
                <text x="{margin - 5}" y="{at}" text-anchor="end" fill="currentColor">{name}</text>
                <text transform="translate({at},{margin - 5}) rotate(-90)" fill="currentColor">{name}</text>
                """);
        }
    }

    /// <summary>One pixel per cell.</summary>
    private static string Png(IReadOnlyList<IReadOnlyList<float>> rows)
    {
        using var bitmap = new SKBitmap(rows.Count, rows.Count, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Pixels = [.. rows.SelectMany(row => row.Select(Color))];
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return Convert.ToBase64String(png.AsSpan());
    }

    /// <summary>The square root shows small shares too.</summary>
    private static SKColor Color(float share)
    {
        var strength = Math.Sqrt(Math.Clamp(share, 0, 1));
        byte Mix(byte full) => (byte)Math.Round(255 + ((full - 255) * strength));
        return new SKColor(Mix(Ink.Red), Mix(Ink.Green), Mix(Ink.Blue));
    }
}
