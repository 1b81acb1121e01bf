using System.Globalization;
using Adamant.Victims;

namespace Adamant.Attacks;

/// <summary>The set of perturbations that an attacker may choose from: a norm ball around the sample.</summary>
/// <param name="Radius">ε in the units of the victim's input; finite and at least 0.</param>
public abstract record Ball(double Radius)
{
    /// <summary>ε in the units of the victim's input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or below 0.</exception>
    public double Radius { get; init => field = Checked(value); } = Checked(Radius);

    /// <summary>The norm's name as people write it.</summary>
    public abstract string Norm { get; }

    /// <summary>The direction of unit norm that increases a loss fastest, per sample.</summary>
    /// <param name="gradient">Shape <c>[N, …]</c>.</param>
    /// <returns>A new tensor of shape <c>[N, …]</c>; zero where the gradient is zero.</returns>
    public abstract Tensor Steepest(Tensor gradient);

    /// <summary>The nearest perturbation inside the ball, per sample.</summary>
    /// <param name="delta">Shape <c>[N, …]</c>.</param>
    /// <returns>A new tensor of the same shape; the radius holds up to the rounding of <c>Float32</c>.</returns>
    public abstract Tensor Project(Tensor delta);

    /// <summary>The norm of each perturbation.</summary>
    /// <param name="delta">Shape <c>[N, …]</c>.</param>
    /// <returns>Shape <c>[N]</c>.</returns>
    public abstract Tensor Measure(Tensor delta);

    /// <summary>A random perturbation inside the ball, uniform in its volume, per sample.</summary>
    /// <param name="like">Gives the shape <c>[N, …]</c> and type.</param>
    /// <param name="generator">The source of the randomness.</param>
    public abstract Tensor Sample(Tensor like, Generator generator);

    /// <summary>The nearest legal inputs: inside the ball around <paramref name="inputs"/>, and inside the range; what does not move stays to the last bit.</summary>
    internal virtual Tensor Place(Tensor delta, Tensor inputs, InputSpec range)
    {
        using var scope = NewDisposeScope();
        var move = Project(delta);
        var placed = (inputs + move).clamp_(range.Min, range.Max);
        if (HoldsTogether)
        {
            move = Settle(placed - inputs);
            placed = (inputs + move).clamp_(range.Min, range.Max);
        }
        return where(move.eq(0), inputs, placed).MoveToOuterDisposeScope();
    }

    /// <summary>Whether cutting a coordinate short can push a perturbation out of the ball.</summary>
    internal virtual bool HoldsTogether => false;

    /// <summary>Whether each coordinate may move whatever the others do: the ball is a box.</summary>
    internal virtual bool IsBox => false;

    /// <summary>A member of the ball between 0 and what is left of one after cutting its coordinates short.</summary>
    internal virtual Tensor Settle(Tensor delta) => delta;

    /// <summary>The largest ε that makes sense: the way across the range of the inputs, in this norm.</summary>
    internal virtual double Widest(InputSpec input) => input.Max - input.Min;

    /// <summary>How far each coordinate alone may move when ε is 1; broadcastable to the shape of <paramref name="like"/>.</summary>
    internal virtual Tensor Reach(Tensor like) => ones(Enumerable.Repeat(1L, (int)like.dim()).ToArray(), dtype: like.dtype);

    /// <summary>The ball of the samples with the given numbers, where each sample has its own; the same ball elsewhere.</summary>
    internal virtual Ball Select(Tensor indices) => this;

    /// <summary>For people: <c>Linf 0.1</c>, in any culture; nine digits tell all numbers of the inputs' type apart.</summary>
    public sealed override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Norm} {Radius:G9}");

    private static double Checked(double radius) => double.IsFinite(radius) && radius >= 0
        ? radius
        : throw new ArgumentOutOfRangeException(nameof(radius), radius, "Expected a finite ε of at least 0.");

    /// <summary>Reshapes one number per sample so that it multiplies <paramref name="like"/>.</summary>
    private protected static Tensor PerSample(Tensor values, Tensor like) =>
        values.reshape([values.shape[0], .. Enumerable.Repeat(1L, (int)like.dim() - 1)]);
}
