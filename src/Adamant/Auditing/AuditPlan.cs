using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Victims;

namespace Adamant.Auditing;

/// <summary>What an audit does to each model.</summary>
public sealed record AuditPlan
{
    /// <summary>The attacks by their command-line names.</summary>
    public required IReadOnlyDictionary<string, IEvasion<IDifferentiable>> Attacks { get; init; }

    /// <summary>The main threat.</summary>
    public required Ball Ball { get; init; }

    /// <summary>The ε of the curves as multiples of the main ε, rising; 1 need not be among them.</summary>
    public IReadOnlyList<double> CurveAt { get; init; } = [0.25, 0.5, 1, 1.5];

    /// <summary>How many of the samples the curves use, from the first; at least 1.</summary>
    public int CurveSamples { get; init; } = 128;

    /// <summary>How many attacked samples to show.</summary>
    public int Examples { get; init; } = 6;

    /// <summary>Fixes everything that is random.</summary>
    public int Seed { get; init; }

    /// <summary>Hears of the share done, from 0 to 1, and of what is being done; null for nobody.</summary>
    public Action<double, string>? Progress { get; init; }
}
