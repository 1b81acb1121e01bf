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

    internal override IReadOnlyList<string> Names => [.. Attacks.Select(a => a.Name)];
}
