namespace Adamant.Attacks;

/// <summary>Every coordinate may move by at most ε: ‖δ‖∞ ≤ ε.</summary>
/// <param name="Radius">ε in the units of the victim's input.</param>
public sealed record Linf(double Radius) : Ball(Radius)
{
    /// <inheritdoc/>
    public override string Norm => "Linf";

    internal override bool IsBox => true;

    /// <inheritdoc/>
    public override Tensor Steepest(Tensor gradient) => gradient.sign();

    /// <inheritdoc/>
    public override Tensor Project(Tensor delta) => delta.clamp(-Radius, Radius);

    /// <inheritdoc/>
    public override Tensor Measure(Tensor delta)
    {
        using var scope = NewDisposeScope();
        return delta.flatten(1).abs().amax([1]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Sample(Tensor like, Generator generator)
    {
        using var scope = NewDisposeScope();
        return ((2 * rand(like.shape, dtype: like.dtype, generator: generator) - 1) * Radius).MoveToOuterDisposeScope();
    }
}
