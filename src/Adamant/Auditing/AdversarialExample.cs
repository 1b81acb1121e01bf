using System.Text.Json.Serialization;

namespace Adamant.Auditing;

/// <summary>One attacked sample: the original, the moved one, and what the model says of both.</summary>
public sealed record AdversarialExample
{
    /// <summary>The sample's number in the data.</summary>
    public required long Index { get; init; }

    /// <summary>The name of the attack.</summary>
    public required string Attack { get; init; }

    /// <summary>The true class.</summary>
    public required int Label { get; init; }

    /// <summary>The class and the confidence (softmax, from 0 to 1) for the original.</summary>
    public required Verdict Clean { get; init; }

    /// <summary>The class and the confidence for the moved sample.</summary>
    public required Verdict Adversarial { get; init; }

    /// <summary>The shape of both: <c>[channels, height, width]</c> for images, empty for texts.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>The text before the attack; null for other samples.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OriginalText { get; init; }

    /// <summary>The text after the attack; null for other samples.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MovedText { get; init; }

    /// <summary>The original's values, row by row; left out of the JSON.</summary>
    [JsonIgnore]
    public IReadOnlyList<float> Original { get; init; } = [];

    /// <summary>The moved sample's values; left out of the JSON.</summary>
    [JsonIgnore]
    public IReadOnlyList<float> Moved { get; init; } = [];
}
