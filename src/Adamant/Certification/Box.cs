using Adamant.Attacks;
using Adamant.Victims;

namespace Adamant.Certification;

/// <summary>Two numbers for each coordinate of each sample, between which it lies.</summary>
/// <param name="Lower">Shape <c>[N, …]</c>.</param>
/// <param name="Upper">The same shape, nowhere below.</param>
internal readonly record struct Box(Tensor Lower, Tensor Upper)
{
    /// <summary>The smallest box that holds every legal input: the ball, cut at the range of the inputs.</summary>
    /// <exception cref="ArgumentException">The ball does not bound single coordinates.</exception>
    public static Box Around(Ball ball, Tensor inputs, InputSpec range)
    {
        Check(ball);
        using var scope = NewDisposeScope();
        var most = ball.Radius * ball.Reach(inputs);
        return new Box(
            (inputs - most).clamp_(range.Min, range.Max).MoveToOuterDisposeScope(),
            (inputs + most).clamp_(range.Min, range.Max).MoveToOuterDisposeScope());
    }

    /// <summary>Refuses balls that do not bound single coordinates.</summary>
    public static void Check(Ball ball)
    {
        if (!Bounds(ball)) throw new ArgumentException($"Expected a ball in which no coordinate goes farther than ε (Linf, L2, L1), got {ball}.", nameof(ball));
    }

    /// <summary>What both boxes hold.</summary>
    public Box And(Box other) => new(Lower.maximum(other.Lower), Upper.minimum(other.Upper));

    private static bool Bounds(Ball ball) => ball switch
    {
        Linf or L2 or L1 => true,
        Scaled scaled => Bounds(scaled.Inner),
        Smooth smooth => Bounds(smooth.Inner),
        _ => false,
    };
}
