using System.Globalization;
using Adamant.Victims;

namespace Adamant.Attacks;

/// <summary>
/// A ball stretched along the coordinates: an ε for each channel, a mask where it is 0.
/// <code>{ δ : ‖δ / s‖ ≤ ε },   δᵢ = 0 where sᵢ = 0</code>
/// </summary>
/// <remarks>
/// Sensors of one machine have different units and different noise: one ε for all of them is either harmless or absurd. A factor of 0 says that a
/// coordinate cannot be written: a sensor with a seal, the padding of a text, the part of a series that is already recorded. The factors belong to the
/// caller and must outlive the ball. Balls are equal when their factors are.
/// </remarks>
/// <param name="Inner">The ball in units of the factors; its radius is this ball's.</param>
/// <param name="Factors">
/// s: finite, at least 0; as many dimensions as the inputs, the first of them 1 for all samples alike or N for factors of each sample, the others those of
/// the inputs or 1: <c>[1, 1, F]</c> for a factor per channel of a series <c>[N, T, F]</c>, <c>[N, T, 1]</c> for a mask over the tokens of each text.
/// </param>
/// <exception cref="ArgumentException">A factor is negative or not a finite number, or is 0 around a <see cref="Smooth"/> ball.</exception>
public sealed record Scaled(Ball Inner, Tensor Factors) : Ball(Inner.Radius)
{
    private const int Printed = 16;                             // more factors than these are told by their shape only

    /// <summary>s, of the shape and range that the constructor says.</summary>
    public Tensor Factors { get; init => field = Checked(value, Inner); } = Checked(Factors, Inner);

    /// <inheritdoc/>
    public override string Norm => $"{Inner.Norm} × {Text}";

    /// <inheritdoc/>
    public override Tensor Steepest(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var s = For(gradient);
        return (s * Sized.Steepest(s * gradient)).MoveToOuterDisposeScope();
    }

    /// <summary>The nearest in units of the factors, which is not the nearest in those of the inputs when the inner ball is round.</summary>
    /// <inheritdoc/>
    public override Tensor Project(Tensor delta)
    {
        using var scope = NewDisposeScope();
        return (For(delta) * Sized.Project(InUnits(delta))).MoveToOuterDisposeScope();
    }

    /// <summary>The inner norm in units of the factors; infinite where a coordinate moved that may not.</summary>
    /// <inheritdoc/>
    public override Tensor Measure(Tensor delta)
    {
        using var scope = NewDisposeScope();
        var forbidden = (delta.ne(0) & For(delta).eq(0)).flatten(1).any(1);
        return Sized.Measure(InUnits(delta)).masked_fill(forbidden, double.PositiveInfinity).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Sample(Tensor like, Generator generator)
    {
        using var scope = NewDisposeScope();
        return (For(like) * Sized.Sample(like, generator)).MoveToOuterDisposeScope();
    }

    internal override bool IsBox => Inner.IsBox;

    internal override bool HoldsTogether => Inner.HoldsTogether;

    internal override Tensor Settle(Tensor delta)
    {
        using var scope = NewDisposeScope();
        return (For(delta) * Sized.Settle(InUnits(delta))).MoveToOuterDisposeScope();
    }

    internal override double Widest(InputSpec input)
    {
        if (Inner is L0) return Inner.Widest(input);            // a number of coordinates has no units
        using var largest = Factors.max();
        return Inner.Widest(input) / largest.ToDouble();
    }

    internal override Tensor Reach(Tensor like)
    {
        using var scope = NewDisposeScope();
        return (For(like) * Inner.Reach(like)).MoveToOuterDisposeScope();
    }

    internal override Ball Select(Tensor indices) =>
        this with { Inner = Inner.Select(indices), Factors = Factors.shape[0] == 1 ? Factors.clone() : Factors.index_select(0, indices) };

    /// <summary>The inner ball with the radius that a <c>with</c> may have given to this one.</summary>
    private Ball Sized => Inner with { Radius = Radius };

    /// <summary>δ / s, and 0 where s is 0.</summary>
    private Tensor InUnits(Tensor delta)
    {
        using var scope = NewDisposeScope();
        var s = For(delta);
        return where(s.gt(0), delta / s, zeros_like(delta)).MoveToOuterDisposeScope();
    }

    private Tensor For(Tensor like)
    {
        var (own, others) = (Factors.shape, like.shape);
        if (own.Length == others.Length && own.Zip(others).All(d => d.First == 1 || d.First == d.Second)) return Factors.to_type(like.dtype);
        throw new ArgumentException(
            $"Expected factors that fit samples [{string.Join(", ", others)}], each dimension the same or 1, got [{string.Join(", ", own)}]. " +
            $"A factor per channel has the shape [{string.Join(", ", others.Select((d, i) => i == others.Length - 1 ? d : 1))}].");
    }

    private static Tensor Checked(Tensor factors, Ball inner)
    {
        using var scope = NewDisposeScope();
        if (factors.numel() == 0 || factors.dim() == 0 || !(factors.isfinite() & factors.ge(0)).all().item<bool>())
            throw new ArgumentException("Expected finite factors of at least 0, with a first dimension for the samples.", nameof(factors));
        if (inner.HoldsTogether && factors.eq(0).any().item<bool>())
            throw new ArgumentException($"Expected factors above 0 around {inner}, which binds coordinates to each other, got 0. Put the mask inside.", nameof(factors));
        return factors;
    }

    private string Text
    {
        get
        {
            if (Factors.numel() > Printed) return $"[{string.Join(", ", Factors.shape)}]";
            using var values = Factors.flatten().to_type(ScalarType.Float32);
            return $"({string.Join(", ", values.data<float>().ToArray().Select(f => f.ToString(CultureInfo.InvariantCulture)))})";
        }
    }

    /// <summary>Equal when the inner balls, the radii and the factors are equal.</summary>
    public bool Equals(Scaled? other) =>
        other is not null && Radius.Equals(other.Radius) && Sized.Equals(other.Sized) && Factors.dtype == other.Factors.dtype && Factors.Equals(other.Factors);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Inner.Norm, Radius, Factors.numel());
}
