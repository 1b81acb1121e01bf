using Adamant.Data;

namespace Adamant.Attacks;

/// <summary>The circumstances of one run of an attack, as opposed to its parameters.</summary>
public sealed record Run
{
    /// <summary>Fixes everything that is random: the same seed gives the same result on the same machine and thread count.</summary>
    public int Seed { get; init; }

    /// <summary>Hears of each step; null for nobody.</summary>
    public IProgress<AttackStep>? Progress { get; init; }

    /// <summary>Where an attack that asks about single samples writes its questions down; null for nowhere. The harness gives one.</summary>
    public QueryLedger? Ledger { get; init; }

    /// <summary>Hears what makes the attack's score doubtful; null for nobody. The harness listens.</summary>
    public Action<AttackWarning>? Warn { get; init; }

    /// <summary>Where the run is saved as it goes, and goes on after a break; null for nowhere. The harness reads and writes it.</summary>
    public AttackCheckpoint? Checkpoint { get; init; }

    /// <summary>The checkpoint of the current batch, for the outermost ensemble.</summary>
    internal AttackProgress? Progressed { get; init; }

    /// <summary>A new source of randomness that starts from <see cref="Seed"/>.</summary>
    public Generator Generator() => new((ulong)(uint)Seed, CPU);

    /// <summary>The same circumstances with an independent stream of randomness, e.g. for the n-th batch or restart.</summary>
    public Run Fork(long n) => this with { Seed = unchecked((int)new SplitMix(((ulong)(uint)Seed << 32) ^ (ulong)n).Bits()) };

    /// <summary>The same circumstances for the samples with the given numbers.</summary>
    /// <param name="indices">Shape <c>[M]</c>, <c>Int64</c>.</param>
    public Run Select(Tensor indices) => this with { Ledger = Ledger?.Select(indices) };
}
