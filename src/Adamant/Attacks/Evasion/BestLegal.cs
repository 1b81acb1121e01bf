namespace Adamant.Attacks.Evasion;

/// <summary>The worst sample so far of each original, among those that the victim was asked about.</summary>
/// <param name="originals">Shape <c>[N, …]</c>; what stands until something is kept.</param>
internal sealed class BestLegal(Tensor originals)
{
    private readonly Tensor losses = full(originals.shape[0], double.NegativeInfinity, dtype: ScalarType.Float32);

    /// <summary>Shape <c>[N, …]</c>; belongs to the dispose scope in which this was made.</summary>
    public Tensor Samples { get; } = originals.detach().clone();

    /// <summary>Keeps what is worse than before.</summary>
    /// <param name="asked">Shape <c>[N, …]</c>.</param>
    /// <param name="loss">Shape <c>[N]</c>, larger where the attacker is better off.</param>
    public void Keep(Tensor asked, Tensor loss)
    {
        using var scope = NewDisposeScope();
        var better = loss.gt(losses);
        Samples.copy_(where(better.reshape([-1, .. Enumerable.Repeat(1L, (int)asked.dim() - 1)]), asked, Samples));
        losses.copy_(where(better, loss, losses));
    }
}
