using Adamant.Data;

namespace Adamant.Training;

/// <summary>Seeds derived from the training's own, so that no state of a random generator needs to be saved.</summary>
internal static class Seeds
{
    /// <summary>Spreads (seed, number) over all non-negative integers: neighbors have nothing in common.</summary>
    public static int Mix(int seed, long number) =>
        unchecked((int)(new SplitMix((ulong)number * 0x9E3779B97F4A7C15 + (ulong)(uint)seed * 0xD1B54A32D192ED03).Bits() >> 33));

    /// <summary>A generator of its own for one purpose.</summary>
    public static Generator Generator(int seed, long number) => new((ulong)Mix(seed, number), CPU);
}
