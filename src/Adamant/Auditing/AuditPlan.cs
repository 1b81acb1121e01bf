using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Victims;

namespace Adamant.Auditing;

/// <summary>What an audit does to each model.</summary>
public sealed record AuditPlan : AuditScope
{
    /// <summary>The attacks with their command-line names, the strongest last; at least one, each name once.</summary>
    public required IReadOnlyList<(string Name, IEvasion<IDifferentiable> Attack)> Attacks { get; init; }

    /// <summary>The main threat.</summary>
    public required Ball Ball { get; init; }

    /// <summary>Hears each attack's run at the main threat, by the attack's name, e.g. to keep it as evidence; null for nobody. What it holds is freed after the call.</summary>
    public Action<string, EvasionResult>? Witness { get; init; }

    internal override IReadOnlyList<string> Names => [.. Attacks.Select(a => a.Name)];
}
