using Adamant.Attacks;

namespace Adamant.Auditing;

/// <summary>A reason not to take an attack's score at its word.</summary>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Attack">The attack's short name.</param>
/// <param name="Code">A stable name in lower case with hyphens.</param>
/// <param name="Message">One or two sentences for people: what was seen, and what to do.</param>
public sealed record Doubt(Severity Severity, string Attack, string Code, string Message)
{
    /// <summary>Signs that gradients or scores mislead the attack; what is not among them is a warning.</summary>
    private static readonly string[] Serious = ["randomized-defense", "dynamic-defense", "zero-gradients", "softmax-output", "square-beats-white-box", "square-better"];

    /// <summary>What an attack noticed.</summary>
    internal static Doubt Of(string attack, AttackWarning warning) =>
        new(Serious.Contains(warning.Code) ? Severity.Serious : Severity.Warning, attack, warning.Code, warning.Message);

    /// <summary>All doubts about the attacks on one model, the gravest first.</summary>
    internal static IReadOnlyList<Doubt> About(AuditedModel model) =>
    [
        .. model.Attacks.SelectMany(a => a.Warnings.Select(w => Of(a.Name, w)))
            .Concat(model.Attacks.Where(a => a.Refusal is not null).Select(a => new Doubt(Severity.Serious, a.Name, "refused", $"The score is refused: {a.Refusal}")))
            .Concat(model.NotRun.Select(n => new Doubt(
                Severity.Warning, n.Attack, "time-up", $"The time was up: {n.Samples:N0} samples were not attacked by it and count as robust. Allow more time.")))
            .Concat(model.Curves.Where(c => c.LeftOut.Count > 0).Select(c => new Doubt(
                Severity.Note, c.Attack, "curve-cut-short", $"The time was up: the points of its curve at ε = {string.Join(", ", c.LeftOut.Select(e => $"{e:0.####}"))} are left out. Allow more time.")))
            .OrderByDescending(d => d.Severity),
    ];
}
