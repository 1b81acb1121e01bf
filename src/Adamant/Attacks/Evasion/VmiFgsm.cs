namespace Adamant.Attacks.Evasion;

/// <summary>
/// Variance tuning iterative FGSM: the gradient corrected by how it differed around the previous point.
/// <code>g = ∇L(x) + v,   v ← mean_i ∇L(x + r_i) − ∇L(x),   r_i uniform in the ball of β ε</code>
/// </summary>
/// <remarks>
/// The most even of this family, at a price. Cost: 1 + <see cref="Neighbors"/> forward and backward passes to the inputs per step.
/// Source: Wang, He, "Enhancing the Transferability of Adversarial Attacks through Variance Tuning", CVPR 2021, arXiv:2103.15571, Algorithm 1.
/// </remarks>
public sealed record VmiFgsm : MomentumFgsm
{
    /// <summary>N, the points around each point; at least 1 (20 in the source, 5 in common use).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Neighbors { get; init => field = Option.AtLeast(value, 1); } = 5;

    /// <summary>β, how far they are, as a share of ε; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double Spread { get; init => field = Option.Positive(value); } = 1.5;

    private protected override Func<Tensor> Start(Point point)
    {
        var variance = zeros_like(point.X);
        return () =>
        {
            using var scope = NewDisposeScope();
            var gradient = point.Slope(point.X, null);
            var tuned = gradient + variance;
            variance.zero_();
            for (var i = 0; i < Neighbors; i++)
            {
                using var inner = NewDisposeScope();
                variance.add_(point.Slope(point.X + (Spread * point.Ball.Sample(point.X, point.Generator)), null) / Neighbors);
            }
            variance.sub_(gradient);
            return tuned.MoveToOuterDisposeScope();
        };
    }
}
