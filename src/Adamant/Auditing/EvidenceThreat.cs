using System.Text.Json.Serialization;
using Adamant.Attacks;

namespace Adamant.Auditing;

/// <summary>What an attacker was allowed: a ball for tensors, edits for texts.</summary>
public sealed record EvidenceThreat
{
    /// <summary>As people write it.</summary>
    public required string Text { get; init; }

    /// <summary>The ball; null for texts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvidenceBall? Ball { get; init; }

    /// <summary>What is counted in texts: <c>words</c> or <c>characters</c>; null for tensors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    /// <summary>The share of the units that may be edited; null for tensors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Share { get; init; }

    /// <summary>The least cosine between a word and its substitute; null where any word may be one. The word vectors are not part of the evidence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MinCosine { get; init; }

    internal static EvidenceThreat Of(Ball ball, IDictionary<string, Tensor> tensors) => new() { Text = $"{ball}", Ball = EvidenceBall.Of(ball, tensors) };

    /// <summary>The edits that are described, whatever words may stand in place of others.</summary>
    /// <exception cref="InvalidDataException">There are no such edits.</exception>
    internal Edits Rebuild() => (Unit, Share) switch
    {
        ("words", >= 0 and < double.PositiveInfinity and var share) => new WordEdits(share),
        ("characters", >= 0 and < double.PositiveInfinity and var share) => new CharacterEdits(share),
        _ => throw new InvalidDataException($"The evidence: expected a share of words or characters, got {Share} of '{Unit}'"),
    };

    internal static EvidenceThreat Of(Edits edits) =>
        new() { Text = $"{edits}", Unit = edits.Unit, Share = edits.Share, MinCosine = (edits as NearWordEdits)?.MinCosine };
}
