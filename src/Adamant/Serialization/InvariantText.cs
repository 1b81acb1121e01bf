using System.Globalization;

namespace Adamant.Serialization;

/// <summary>Makes texts that are kept or compared: records print their numbers in the culture of the thread, and a file must not depend on it.</summary>
internal static class InvariantText
{
    /// <summary>What <paramref name="make"/> makes in the invariant culture.</summary>
    public static T Of<T>(Func<T> make)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return make();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
