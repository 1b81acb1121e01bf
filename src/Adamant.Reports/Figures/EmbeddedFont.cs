using ScottPlot;
using SkiaSharp;

namespace Adamant.Reports.Figures;

/// <summary>The font of the figures: ours, because a container may have none, and every text would then silently be missing.</summary>
/// <remarks>Its widths are those of Arial and Helvetica, so text drawn by the reader's browser fits where it was measured.</remarks>
internal sealed class EmbeddedFont : IFontResolver
{
    public const string Name = "Liberation Sans";

    public static SKTypeface Typeface { get; } = Load();

    /// <summary>Makes ScottPlot ask for our font first.</summary>
    public static void Register()
    {
        lock (Fonts.FontResolvers)
        {
            if (!Fonts.FontResolvers.OfType<EmbeddedFont>().Any()) Fonts.FontResolvers.Insert(0, new EmbeddedFont());
        }
    }

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => fontName == Name ? Typeface : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Typeface : null;

    private static SKTypeface Load()
    {
        using var stream = typeof(EmbeddedFont).Assembly.GetManifestResourceStream("LiberationSans-Regular.ttf")!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
