using System.Globalization;

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

    /// <summary>For people: <c>Linf 0.1</c>, in any culture; nine digits tell all numbers of the inputs' type apart.</summary>
    public sealed override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Norm} {Radius:G9}");

    private static double Checked(double radius) => double.IsFinite(radius) && radius >= 0
        ? radius
        : throw new ArgumentOutOfRangeException(nameof(radius), radius, "Expected a finite ε of at least 0.");

    /// <summary>Reshapes one number per sample so that it multiplies <paramref name="like"/>.</summary>
    private protected static Tensor PerSample(Tensor values, Tensor like) =>
        values.reshape([values.shape[0], .. Enumerable.Repeat(1L, (int)like.dim() - 1)]);
}
