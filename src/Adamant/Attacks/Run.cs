using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Adamant.Attacks;

/// <summary>The circumstances of one run of an attack, as opposed to its parameters.</summary>
public sealed record Run
{
    /// <summary>Fixes everything that is random: the same seed gives the same result on the same machine and thread count.</summary>
    public int Seed { get; init; }

    /// <summary>Hears of each step; null for nobody.</summary>
    public IProgress<AttackStep>? Progress { get; init; }

    /// <summary>Hears of what is unusual.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>A new source of randomness that starts from <see cref="Seed"/>.</summary>
    public Generator Generator() => new((ulong)(uint)Seed, CPU);

    /// <summary>The same circumstances with an independent stream of randomness, e.g. for the n-th batch or restart.</summary>
    public Run Fork(long n) => this with { Seed = unchecked((int)Mix(((ulong)(uint)Seed << 32) ^ (ulong)n)) };

    /// <summary>The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): nearby numbers give unrelated ones.</summary>
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
