namespace Adamant.Attacks.Evasion;

/// <summary>
/// Nesterov iterative FGSM: the gradient where the accumulated direction is about to lead; with several scales, also at darker copies (SI-NI-FGSM).
/// <code>x̂ = x + α μ · steepest(v),   g = mean_{i &lt; scales} ∇ L(f(x̂ / 2ⁱ), y)</code>
/// </summary>
/// <remarks>
/// The source looks ahead along v itself; here along its steepest direction, the step that would really be taken. Cost: as <see cref="MiFgsm"/>, times the
/// number of scales.
/// Source: Lin, Song, He, Wang, Hopcroft, "Nesterov Accelerated Gradient and Scale Invariance for Adversarial Attacks", ICLR 2020, arXiv:1908.06281,
/// Algorithm 1.
/// </remarks>
public sealed record NiFgsm : MomentumFgsm
{
    /// <summary>The number of copies, each half as bright as the one before; 1 for NI-FGSM, 5 in the source's SI-NI-FGSM.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Scales { get; init => field = Option.AtLeast(value, 1); } = 1;

    private protected override Func<Tensor> Start(Point point) => () =>
    {
        using var scope = NewDisposeScope();
        var ahead = point.X + (point.Step * Momentum * point.Ball.Steepest(point.Velocity));
        var gradient = zeros_like(ahead);
        for (var i = 0; i < Scales; i++)
        {
            using var inner = NewDisposeScope();
            var share = Math.Pow(2, -i);
            gradient.add_(point.Slope(ahead, i == 0 ? null : x => x * share));
        }
        return gradient.MoveToOuterDisposeScope();
    };
}
