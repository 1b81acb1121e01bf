namespace Adamant.Defenses.Training;

/// <summary>How far two answers of a network are apart.</summary>
internal static class Divergence
{
    /// <summary>Kullback-Leibler, KL(p ‖ q) = Σ p (ln p − ln q), in nats, of softmax answers.</summary>
    /// <param name="logits">p, shape <c>[N, classes]</c>.</param>
    /// <param name="moved">q, the same shape.</param>
    /// <returns>Shape <c>[N]</c>.</returns>
    public static Tensor Kl(Tensor logits, Tensor moved)
    {
        using var scope = NewDisposeScope();
        var (p, q) = (logits.log_softmax(1), moved.log_softmax(1));
        return (p.exp() * (p - q)).sum(dim: 1).MoveToOuterDisposeScope();
    }
}
