using System.Globalization;
using System.Runtime.CompilerServices;

namespace Adamant.Attacks.Evasion;

/// <summary>Checks the parameters of attacks where they are set, so that a bad value never reaches a run.</summary>
internal static class Option
{
    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public static int AtLeast(int value, int least, [CallerMemberName] string name = "") => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"Expected at least {least}.");

    /// <summary>A finite number above 0, or null where there is a default that depends on the run.</summary>
    public static double? Positive(double? value, [CallerMemberName] string name = "") => value is null or (> 0 and < double.PositiveInfinity)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number above 0.");

    /// <summary>A finite number above 0.</summary>
    public static double Positive(double value, [CallerMemberName] string name = "") => Positive((double?)value, name)!.Value;

    /// <summary>A finite number of at least 0 and at most <paramref name="most"/>.</summary>
    public static double UpTo(double value, double most = double.MaxValue, [CallerMemberName] string name = "") => value >= 0 && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(name, value, most == double.MaxValue ? "Expected a finite number of at least 0." : $"Expected a number from 0 to {most}.");

    /// <summary>A value for people, or what stands for an absent one.</summary>
    public static string Text(double? value, string absent) => value?.ToString(CultureInfo.InvariantCulture) ?? absent;
}
