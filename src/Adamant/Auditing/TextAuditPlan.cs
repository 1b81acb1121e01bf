using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Victims;

namespace Adamant.Auditing;

/// <summary>What an audit does to each model of texts. The curves are over the share of edits.</summary>
public sealed record TextAuditPlan : AuditScope
{
    /// <summary>The attacks with their command-line names, the strongest last; at least one, each name once.</summary>
    public required IReadOnlyList<(string Name, ITextEvasion<ITextDifferentiable> Attack)> Attacks { get; init; }

    /// <summary>The main threat.</summary>
    public required Edits Edits { get; init; }

    /// <summary>Hears each attack's run at the main threat, by the attack's name, e.g. to keep it as evidence; null for nobody.</summary>
    public Action<string, TextEvasionResult>? Witness { get; init; }

    internal override IReadOnlyList<string> Names => [.. Attacks.Select(a => a.Name)];
}
