namespace Adamant.Training;

/// <summary>Seeds derived from the training's own, so that no state of a random generator needs to be saved.</summary>
internal static class Seeds
{
    /// <summary>Spreads (seed, number) over all non-negative integers: neighbors have nothing in common.</summary>
    /// <remarks>Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014, the finalizer of SplitMix64.</remarks>
    public static int Mix(int seed, long number)
    {
        unchecked
        {
            var z = (ulong)number * 0x9E3779B97F4A7C15 + (ulong)(uint)seed * 0xD1B54A32D192ED03 + 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) >> 33);
        }
    }

    /// <summary>A generator of its own for one purpose.</summary>
    public static Generator Generator(int seed, long number) => new((ulong)Mix(seed, number), CPU);
}
