using System.Runtime.CompilerServices;

namespace Adamant.Models;

/// <summary>Checks the sizes that an architecture is built from, before memory is asked for: they may come from a file.</summary>
internal static class Dimension
{
    /// <summary>The largest width, count or length of anything.</summary>
    public const int Limit = 1 << 20;

    /// <summary>The longest side of an image.</summary>
    public const int LongestSide = 1 << 10;

    /// <summary>The greatest number of layers in a stack.</summary>
    public const int MostLayers = 1 << 10;

    /// <summary>Returns <paramref name="value"/> when it is in [<paramref name="min"/>, <paramref name="max"/>].</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static int Check(int value, int min = 1, int max = Limit, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value >= min && value <= max) return value;
        throw new ArgumentOutOfRangeException(name, $"Expected {name} from {min} to {max}, got {value}.");
    }
}
