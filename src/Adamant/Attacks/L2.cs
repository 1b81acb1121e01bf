using Adamant.Victims;

namespace Adamant.Attacks;

/// <summary>The perturbation's Euclidean length is at most ε: ‖δ‖₂ ≤ ε.</summary>
/// <param name="Radius">ε in the units of the victim's input, over all coordinates of a sample.</param>
public sealed record L2(double Radius) : Ball(Radius)
{
    private const double Tiny = 1.2e-38;                        // the smallest normal float32: only zero is below it

    /// <inheritdoc/>
    public override string Norm => "L2";

    /// <remarks>The gradients of a confident model are so small that their squares vanish: they are scaled to a largest coordinate of 1 first.</remarks>
    /// <inheritdoc/>
    public override Tensor Steepest(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var scaled = gradient / PerSample(gradient.flatten(1).abs().amax([1]).clamp_min(Tiny), gradient);
        return (scaled / PerSample(Measure(scaled).clamp_min(Tiny), gradient)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Project(Tensor delta)
    {
        using var scope = NewDisposeScope();
        var shrink = (Radius / Measure(delta).clamp_min(Tiny)).clamp_max(1);
        return (delta * PerSample(shrink, delta)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Measure(Tensor delta)
    {
        using var scope = NewDisposeScope();
        return delta.flatten(1).norm(1, false, 2f).MoveToOuterDisposeScope();
    }

    /// <summary>The diagonal of the box of all inputs.</summary>
    internal override double Widest(InputSpec input) =>
        base.Widest(input) * Math.Sqrt(input.Shape.Aggregate(1.0, (product, d) => d == -1 ? double.PositiveInfinity : product * d));

    /// <summary>A direction uniform on the sphere, with length ε · u^(1/d): uniform in the ball's volume.</summary>
    /// <inheritdoc/>
    public override Tensor Sample(Tensor like, Generator generator)
    {
        using var scope = NewDisposeScope();
        var direction = Steepest(randn(like.shape, dtype: like.dtype, generator: generator));
        var length = rand([like.shape[0]], dtype: like.dtype, generator: generator).pow(1.0 / (like.numel() / Math.Max(1, like.shape[0]))) * Radius;
        return (direction * PerSample(length, like)).MoveToOuterDisposeScope();
    }
}
