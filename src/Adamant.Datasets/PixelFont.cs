namespace Adamant.Datasets;

/// <summary>Letters of 5 × 7 pixels, as far as the signs need them.</summary>
internal static class PixelFont
{
    private const int Width = 5, Height = 7, Pitch = Width + 1;

    private static readonly Dictionary<char, string[]> Glyphs = new()
    {
        ['S'] = [".####", "#....", "#....", ".###.", "....#", "....#", "####."],
        ['T'] = ["#####", "..#..", "..#..", "..#..", "..#..", "..#..", "..#.."],
        ['O'] = [".###.", "#...#", "#...#", "#...#", "#...#", "#...#", ".###."],
        ['P'] = ["####.", "#...#", "#...#", "####.", "#....", "#....", "#...."],
        ['0'] = [".###.", "#...#", "#...#", "#...#", "#...#", "#...#", ".###."],
        ['3'] = ["####.", "....#", "....#", ".###.", "....#", "....#", "####."],
        ['5'] = ["#####", "#....", "####.", "....#", "....#", "#...#", ".###."],
        ['8'] = [".###.", "#...#", "#...#", ".###.", "#...#", "#...#", ".###."],
    };

    /// <summary>Whether a point is on a letter of a text that fills a box around the origin.</summary>
    /// <param name="text">The text.</param>
    /// <param name="x">To the right.</param>
    /// <param name="y">Downwards.</param>
    /// <param name="halfWidth">Half the width of the box.</param>
    /// <param name="halfHeight">Half the height of the box.</param>
    public static bool Covers(string text, float x, float y, float halfWidth, float halfHeight)
    {
        var columns = (text.Length * Pitch) - 1;
        var column = (int)MathF.Floor((x + halfWidth) / (2 * halfWidth) * columns);
        var row = (int)MathF.Floor((y + halfHeight) / (2 * halfHeight) * Height);
        if (column < 0 || column >= columns || row is < 0 or >= Height || column % Pitch == Width) return false;
        return Glyphs[text[column / Pitch]][row][column % Pitch] == '#';
    }
}
