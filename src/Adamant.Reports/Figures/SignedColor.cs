using SkiaSharp;

namespace Adamant.Reports.Figures;

/// <summary>Colors of numbers with a sign: white is zero, orange above, blue below, as far from white as the number from zero.</summary>
internal static class SignedColor
{
    private static readonly SKColor Positive = new(0xB8, 0x41, 0x0F), Negative = new(0x0B, 0x63, 0xA8);

    /// <summary>The color of a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="largest">The absolute value with the full color, at least 0.</param>
    public static SKColor Of(double value, double largest)
    {
        var share = largest > 0 && double.IsFinite(value) ? Math.Min(1, Math.Abs(value) / largest) : 0;
        var end = value < 0 ? Negative : Positive;
        byte Mix(byte full) => (byte)Math.Round(255 + ((full - 255) * share));
        return new SKColor(Mix(end.Red), Mix(end.Green), Mix(end.Blue));
    }

    /// <summary>The legend: the scale with its ends in numbers.</summary>
    /// <param name="largest">The absolute value with the full color.</param>
    /// <param name="unit">What the numbers are.</param>
    public static Html Scale(double largest, string unit) => Html.Of(
        $"""<p class="scale"><span>−{Words.Number(largest)}</span><span class="ramp" aria-hidden="true"></span><span>+{Words.Number(largest)}</span><span>{unit}; white is 0</span></p>""");
}
