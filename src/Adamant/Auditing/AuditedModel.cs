using System.Text.Json.Serialization;
using Adamant.Attacks.Evasion;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Auditing;

/// <summary>One model and what the attacks made of it.</summary>
public sealed record AuditedModel
{
    /// <summary>A short name for tables and legends, e.g. <c>undefended</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Architecture, input contract, classes and provenance.</summary>
    public required ModelCard Card { get; init; }

    /// <summary>The number of trainable numbers.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>SHA-256 of the weights file in lower-case hexadecimal; empty when the model was never saved.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The file of the weights, relative to the report; empty when the model was never saved.</summary>
    public string File { get; init; } = "";

    /// <summary>Accuracy on the originals.</summary>
    public required Proportion CleanAccuracy { get; init; }

    /// <summary>The share of samples that are right before and after every one of <see cref="Attacks"/>: at most what the strongest of them leaves.</summary>
    public required Proportion WorstCase { get; init; }

    /// <summary>The same as <see cref="WorstCase"/> for the samples of each class, in the order of the classes.</summary>
    public IReadOnlyList<Proportion> WorstCasePerClass { get; init; } = [];

    /// <summary>The class that keeps least under all attacks; null without classes. Of equals the first.</summary>
    public int? WorstClass => Weakest.Of(WorstCasePerClass);

    /// <summary>What was not run because the time was up; samples that nobody attacked count as robust.</summary>
    public IReadOnlyList<NotRun> NotRun { get; init; } = [];

    /// <summary>Reasons not to take scores at their word, the gravest first.</summary>
    public IReadOnlyList<Doubt> Doubts => Doubt.About(this);

    /// <summary>
    /// Whether <see cref="WorstCase"/> is evidence: at least one attack passes its self-test. It is an upper bound of what is left in any case, because every
    /// sample that fell was seen to fall; where all attacks are refused, it proves nothing that a threshold could hold to.
    /// </summary>
    [JsonIgnore]
    public bool HasEvidence => Attacks.Any(attack => attack.Refusal is null && attack.IsExamined);

    /// <summary>Each attack at the main threat.</summary>
    public required IReadOnlyList<AttackFinding> Attacks { get; init; }

    /// <summary>Accuracy against ε for each attack.</summary>
    public required IReadOnlyList<SecurityCurve> Curves { get; init; }

    /// <summary>A few attacked samples to look at.</summary>
    public required IReadOnlyList<AdversarialExample> Examples { get; init; }
}
