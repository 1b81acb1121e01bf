using System.Text.Json.Serialization;

namespace Adamant.Auditing;

/// <summary>What became of one sample.</summary>
public sealed record EvidenceSample
{
    /// <summary>The true class.</summary>
    public required long Label { get; init; }

    /// <summary>The class that the attacker wanted; null for any wrong one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Target { get; init; }

    /// <summary>The class that the model gave the original.</summary>
    public required long Clean { get; init; }

    /// <summary>The class that it gave the moved sample; −1 where a detector stopped it.</summary>
    public required long Adversarial { get; init; }

    /// <summary>The size of the move, in the norm of the threat, or in edits.</summary>
    public required double Distance { get; init; }

    /// <summary>Which of <see cref="Evidence.Attacks"/> moved it where the attacker won, from 0; null where the sample stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Attack { get; init; }

    /// <summary>The questions about it; null where the attack does not count them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Queries { get; init; }

    /// <summary>The text before the attack; null for tensors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Original { get; init; }

    /// <summary>The text after the attack; null for tensors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Moved { get; init; }

    /// <summary>Whether the attacker has what is wanted and did not have it before.</summary>
    [JsonIgnore]
    internal bool Won => Attacked && (Target is { } wanted ? Adversarial == wanted : Adversarial != Label && Adversarial != Victims.IClassifier.Rejected);

    /// <summary>Whether there was something to win.</summary>
    [JsonIgnore]
    internal bool Attacked => Target is { } wanted ? Clean != wanted : Clean == Label;
}
