namespace Adamant.Attacks.Evasion;

/// <summary>Looks for the smallest weight of the attacker's success, per sample: ten times more until it is enough, then the middle (of the logarithms) between enough and too little.</summary>
/// <param name="count">Samples.</param>
/// <param name="first">The first weight.</param>
internal sealed class ConstantSearch(long count, double first)
{
    private const double Growth = 10;
    private readonly Tensor low = zeros(count), high = full(count, float.PositiveInfinity);

    /// <summary>The weights to try, shape <c>[n]</c>.</summary>
    public Tensor Current { get; } = full(count, (float)first);

    /// <summary>Learns from a trial.</summary>
    /// <param name="enough">True where the weight led to a fooling sample, shape <c>[n]</c>.</param>
    public void Learn(Tensor enough)
    {
        using var scope = NewDisposeScope();
        high.copy_(where(enough, minimum(high, Current), high));
        low.copy_(where(enough, low, maximum(low, Current)));
        Current.copy_(where(high.isfinite(), where(low.gt(0), (low * high).sqrt(), high / Growth), Current * Growth));
    }
}
