namespace Adamant.Attacks.Evasion;

/// <summary>The harness's judgment of one attack on one victim of texts: every text was measured and classified again from its string.</summary>
public sealed record TextEvasionResult : Judgment
{
    /// <summary>What was allowed.</summary>
    public required TextThreat Threat { get; init; }

    /// <summary>The texts before the attack.</summary>
    public required IReadOnlyList<string> Originals { get; init; }

    /// <summary>The texts after the attack, within the edits: the original where the attack had no proposal that counts.</summary>
    public required IReadOnlyList<string> Adversarials { get; init; }
}
