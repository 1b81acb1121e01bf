using Adamant.Victims;

namespace Adamant.Attacks;

/// <summary>At most ε coordinates move, as far as they like: ‖δ‖₀ ≤ ε.</summary>
/// <remarks>A pixel of several channels counts once per channel.</remarks>
/// <param name="Radius">ε, a number of coordinates; what is left of a whole number is not used.</param>
public sealed record L0(double Radius) : Ball(Radius)
{
    /// <inheritdoc/>
    public override string Norm => "L0";

    /// <summary>The sign of the coordinate with the largest gradient: a step of one coordinate.</summary>
    /// <inheritdoc/>
    public override Tensor Steepest(Tensor gradient) => new L1(1).Steepest(gradient);

    /// <summary>Keeps the ε largest moves.</summary>
    /// <inheritdoc/>
    public override Tensor Project(Tensor delta)
    {
        using var scope = NewDisposeScope();
        var flat = delta.flatten(1);
        var kept = (int)Math.Min(Math.Floor(Radius), flat.shape[1]);
        var largest = flat.abs().topk(kept, 1).indexes;
        return zeros_like(flat).scatter(1, largest, flat.gather(1, largest)).reshape(delta.shape).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Measure(Tensor delta)
    {
        using var scope = NewDisposeScope();
        return delta.flatten(1).ne(0).sum(1).to_type(delta.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>The number of coordinates.</summary>
    internal override double Widest(InputSpec input) => input.Shape.Aggregate(1.0, (product, d) => d == -1 ? double.PositiveInfinity : product * d);

    /// <summary>ε coordinates that are drawn without replacement move by a normal amount.</summary>
    /// <inheritdoc/>
    public override Tensor Sample(Tensor like, Generator generator)
    {
        using var scope = NewDisposeScope();
        var flat = like.flatten(1);
        var kept = (int)Math.Min(Math.Floor(Radius), flat.shape[1]);
        var chosen = rand(flat.shape, dtype: like.dtype, generator: generator).topk(kept, 1).indexes;
        var moves = randn(chosen.shape, dtype: like.dtype, generator: generator);
        return zeros_like(flat).scatter(1, chosen, moves).reshape(like.shape).MoveToOuterDisposeScope();
    }
}
