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

    /// <summary>Returns <paramref name="value"/> when it is a share in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double CheckShare(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value is >= 0 and < 1) return value;
        throw new ArgumentOutOfRangeException(name, $"Expected {name} in [0, 1), got {value}.");
    }

    /// <summary>Announces the weights of a layer before they are allocated: every constructor does so for each layer whose size follows from its arguments.</summary>
    /// <exception cref="ArgumentException">They are more than <see cref="Within"/> allows; elsewhere there is no limit.</exception>
    public static void Reserve(long rows, long columns)
    {
        if (left is null) return;
        left -= rows * columns;
        if (left < 0) throw new ArgumentException("Expected arguments that fit the weights, got some that ask for more weights than there are.");
    }

    /// <summary>Builds a network that may not have more than so many weights, because its arguments come from a stranger's file.</summary>
    public static Network Within(long weights, Func<Network> build)
    {
        left = weights;
        try
        {
            return build();
        }
        finally
        {
            left = null;
        }
    }

    [ThreadStatic]
    private static long? left;
}
