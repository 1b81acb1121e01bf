namespace Adamant.Attacks.Evasion;

/// <summary>The harness's judgment of one attack on one victim of tensors: every number is recomputed from the tensors that the attack returned.</summary>
public sealed record EvasionResult : Judgment, IDisposable
{
    /// <summary>What was allowed.</summary>
    public required Threat Threat { get; init; }

    /// <summary>The moved samples, inside the ball and the range of the inputs: shape <c>[N, …]</c>.</summary>
    public required Tensor Adversarials { get; init; }

    /// <summary>Frees the moved samples.</summary>
    public void Dispose() => Adversarials.Dispose();
}
