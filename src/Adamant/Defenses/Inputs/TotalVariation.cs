using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>
/// Looks for a smoother image nearby: minimal total variation, by Chambolle's projection of the dual.
/// <code>g(x) = argmin_z ½ ‖z − x‖₂² + λ Σ ‖∇z‖₂;   p ← (p + τ ∇(div p − x/λ)) / (1 + τ |∇(div p − x/λ)|),   z = x − λ div p</code>
/// </summary>
/// <remarks>
/// Takes away texture, of the attacker and of the object; edges stay. Its gradient is that of the unrolled iteration, and points the right way. Cost: a
/// few passes over the batch per iteration, with gradients as much memory. Guo et al. drop random pixels first; this one keeps them all, so that it is not random.
/// Source: Guo, Rana, Cisse, van der Maaten, "Countering Adversarial Images Using Input Transformations", ICLR 2018, arXiv:1711.00117, §4; the iteration:
/// Chambolle, "An Algorithm for Total Variation Minimization and Applications", Journal of Mathematical Imaging and Vision 20, 2004.
/// </remarks>
public sealed record TotalVariation : ISanitizer
{
    private const double Step = 0.25;                           // τ: converges in practice below ¼

    /// <summary>λ as a share of the range of the inputs, above 0; 0.1 by default. More is smoother.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double Weight
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(nameof(Weight), value, "Expected a finite weight above 0.");
    } = 0.1;

    /// <summary>Iterations, at least 1; 20 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Iterations
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Iterations), value, "Expected at least 1 iteration.");
    } = 20;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No images, or inputs without a range.</exception>
    public Tensor Sanitize(Tensor inputs, InputSpec input, Generator random)
    {
        Needs.Images(inputs, nameof(TotalVariation));
        var weight = Weight * Needs.Range(input, nameof(TotalVariation)).Width;
        using var scope = NewDisposeScope();
        var scaled = inputs / weight;
        var (down, right) = (zeros_like(inputs), zeros_like(inputs));
        for (var i = 0; i < Iterations; i++)
        {
            var field = Divergence(down, right) - scaled;
            var (towardsDown, towardsRight) = (Forward(field, 2), Forward(field, 3));
            var length = 1 + (Step * (towardsDown.square() + towardsRight.square() + 1e-12).sqrt());        // the root has no slope at 0
            (down, right) = ((down + (Step * towardsDown)) / length, (right + (Step * towardsRight)) / length);
        }
        return (inputs - (weight * Divergence(down, right))).clamp(input.Min, input.Max).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor StraightThrough(Tensor inputs, InputSpec input, Generator random) => Sanitize(inputs, input, random);

    /// <summary>x(i + 1) − x(i), and 0 behind the last.</summary>
    private static Tensor Forward(Tensor x, int dimension)
    {
        var size = x.shape[dimension];
        return cat([x.narrow(dimension, 1, size - 1) - x.narrow(dimension, 0, size - 1), zeros_like(x.narrow(dimension, 0, 1))], dimension);
    }

    /// <summary>The negative adjoint of the two forward differences.</summary>
    private static Tensor Divergence(Tensor down, Tensor right) => Backward(down, 2) + Backward(right, 3);

    private static Tensor Backward(Tensor p, int dimension)
    {
        var inside = p.narrow(dimension, 0, p.shape[dimension] - 1);                        // the last one is never set
        var edge = zeros_like(p.narrow(dimension, 0, 1));
        return cat([inside, edge], dimension) - cat([edge, inside], dimension);
    }
}
