namespace Adamant.Data;

/// <summary>
/// A stream of random numbers that depends on nothing but its seed: for generators of data that draw one number at a time, where a
/// <see cref="torch.Generator"/> would cost a call into the engine for each.
/// <code>SplitMix64: state += γ; z = (z ⊕ z≫30)·c₁; z = (z ⊕ z≫27)·c₂; z ⊕ z≫31</code>
/// </summary>
/// <remarks>
/// Not for secrets. The numbers are the same on every machine.
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014, §4.
/// </remarks>
/// <param name="seed">The same seed gives the same numbers.</param>
public sealed class SplitMix(ulong seed)
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private ulong state = seed;

    /// <summary>An independent stream for the n-th item of a set: item n does not depend on how many items there are.</summary>
    public static SplitMix Of(int seed, long n) => new(Mix(((ulong)(uint)seed << 32) ^ Mix((ulong)n + Gamma)));

    /// <summary>64 random bits.</summary>
    public ulong Bits() => Mix(state += Gamma);

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public double Uniform(double from, double to) => from + ((to - from) * Uniform());

    /// <summary>A whole number in [0, <paramref name="count"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)Math.BigMul(Bits(), (ulong)count, out _);
    }

    /// <summary>True with probability <paramref name="probability"/>.</summary>
    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>Normal with mean 0 and variance 1 (Box and Muller, 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(Math.Tau * Uniform());

    /// <summary>The waiting time for an event that comes once per <paramref name="mean"/>.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Uniform());

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
