using System.Text.Json.Serialization;
using Adamant.Attacks;
using Adamant.Training;

namespace Adamant.Auditing;

/// <summary>What one attack left of a model at the main threat.</summary>
public sealed record AttackFinding
{
    /// <summary>The command line's name of the attack, e.g. <c>pgd</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The attack with all its parameters.</summary>
    public required string Parameters { get; init; }

    /// <summary>
    /// Why the attack's score is not to be believed, in one sentence: it fails the <see cref="AttackSelfTest"/> with these parameters. Null when it passes.
    /// The samples that it took are lost all the same; those that it did not take say nothing.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refusal { get; init; }

    /// <summary>
    /// Whether the <see cref="AttackSelfTest"/> could examine the attack. One that searches no ball by design, or does not fit the planted models, is not refused; that it
    /// leaves samples standing is no evidence.
    /// </summary>
    [JsonIgnore]
    public bool IsExamined { get; init; } = true;

    /// <summary>The share of samples that the model gets right before and after the attack.</summary>
    public required Proportion RobustAccuracy { get; init; }

    /// <summary>The share of attacked samples where the attacker won.</summary>
    public required Proportion Success { get; init; }

    /// <summary>The same as <see cref="RobustAccuracy"/> for the samples of each class, in the order of the classes.</summary>
    public required IReadOnlyList<Proportion> PerClass { get; init; }

    /// <summary>The class that keeps least; null without classes. Of equals the first.</summary>
    public int? WorstClass => Weakest.Of(PerClass);

    /// <summary>
    /// The median distance to the nearest sample that fools, over the samples of the curves that the model gets right; null for attacks that do not look for the
    /// nearest one, and where half of the samples were never fooled.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MedianDistance { get; init; }

    /// <summary>The median number of questions about the samples that fell; null for attacks that do not count them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MedianQueries { get; init; }

    /// <summary>What the attack noticed that makes its score doubtful.</summary>
    public IReadOnlyList<AttackWarning> Warnings { get; init; } = [];


    /// <summary>The largest move in the norm of the threat.</summary>
    public required double MaxPerturbation { get; init; }

    /// <summary>Samples sent through the model.</summary>
    public required long Forwards { get; init; }

    /// <summary>Samples whose gradient was taken.</summary>
    public required long Gradients { get; init; }

    /// <summary>How long the attack took.</summary>
    public required double Seconds { get; init; }
}
