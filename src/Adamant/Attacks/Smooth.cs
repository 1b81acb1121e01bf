using System.Globalization;
using Adamant.Victims;

namespace Adamant.Attacks;

/// <summary>
/// The part of a ball whose perturbations change slowly along time: no jump that a filter or a person at the monitor would see.
/// <code>{ δ ∈ inner : |δₜ − δₜ₋₁| ≤ slope for all t }</code>
/// </summary>
/// <remarks>
/// Time is the first dimension after the samples: <c>[N, T]</c>, <c>[N, T, F]</c>. The slope binds each channel in its own units; put
/// <see cref="Scaled"/> outside for a slope in units of each channel's factor, inside for one slope for all.
/// <para>
/// Projecting returns a member of the set, and members as they are (a retraction), but not always the nearest. Let <c>L(d)ₜ = min_s dₛ + slope · |t − s|</c>,
/// the largest slope-bounded series below d; <c>U(d) = −L(−d)</c> is the smallest above it, and both are d when d is slope-bounded. First d becomes
/// the inner ball's member; then the mean of L and U, which is slope-bounded, as slopes of a mean are means of slopes; then the inner ball's member again
/// (which changes nothing in a box that is the same at all times); then that mean, clamped to <c>[−L(d⁻), L(d⁺)]</c> with d⁺, d⁻ the positive and the
/// negative part: clamping a slope-bounded series between two others keeps the slope, and because <c>0 ≤ L(d⁺) ≤ d⁺</c> the
/// result lies between 0 and d in each coordinate, so that it cannot leave an inner ball, a mask, or the range of the inputs again.
/// </para>
/// <para>
/// The steepest direction is exact for <see cref="Linf"/> inside when ε / slope is a whole number: a linear program over differences, whose best corner
/// lies on a grid, found by dynamic programming over time. Otherwise it is a member of the set that still climbs. Cost: T · (2ε / slope + 1) numbers per
/// sample and channel.
/// </para>
/// Source: the largest Lipschitz minorant: McShane, "Extension of range of functions", Bulletin of the AMS 40, 1934; smooth perturbations of series as a
/// threat: Han et al., "Deep learning models for electrocardiograms are susceptible to adversarial attack", Nature Medicine 26, 2020.
/// </remarks>
/// <param name="Inner">How far each sample may be moved; its radius is this ball's.</param>
/// <param name="Slope">The largest change from one step to the next, in the units of the input; finite and above 0.</param>
/// <exception cref="ArgumentOutOfRangeException">The slope is not above 0.</exception>
public sealed record Smooth(Ball Inner, double Slope) : Ball(Inner.Radius)
{
    /// <summary>The largest change from one step to the next, in the units of the input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public double Slope { get; init => field = Checked(value); } = Checked(Slope);

    /// <inheritdoc/>
    public override string Norm => string.Create(CultureInfo.InvariantCulture, $"{Inner.Norm} (slope {Slope:G9})");

    /// <summary>A direction that climbs: its length is at most 1 in the inner norm, and ε times it keeps the slope.</summary>
    /// <inheritdoc/>
    public override Tensor Steepest(Tensor gradient)
    {
        CheckTime(gradient);
        if (Slope >= 2 * Radius * LargestReach(gradient)) return Sized.Steepest(gradient);
        using var scope = NewDisposeScope();
        var direction = SlopeBoundedPath.Best(gradient, Inner.Reach(gradient), Slope / Radius);
        return (Inner with { Radius = 1 }).Project(direction).MoveToOuterDisposeScope();
    }

    /// <summary>A member of the set near the perturbation: see the remarks.</summary>
    /// <inheritdoc/>
    public override Tensor Project(Tensor delta)
    {
        CheckTime(delta);
        using var scope = NewDisposeScope();
        return Shrunk(Sized.Project(Mean(Sized.Project(delta)))).MoveToOuterDisposeScope();
    }

    /// <summary>The smallest ε whose set, with the slope in proportion, holds the perturbation: the larger of the inner norm and ε · steepest change / slope.</summary>
    /// <inheritdoc/>
    public override Tensor Measure(Tensor delta)
    {
        CheckTime(delta);
        using var scope = NewDisposeScope();
        var size = Sized.Measure(delta);
        if (delta.shape[1] == 1) return size.MoveToOuterDisposeScope();
        return maximum(size, delta.diff(dim: 1).flatten(1).abs().amax([1]) * (Radius / Slope)).MoveToOuterDisposeScope();
    }

    /// <summary>The best series for a random gradient, times a number from 0 to 1: reaches every coordinate, and is not uniform.</summary>
    /// <inheritdoc/>
    public override Tensor Sample(Tensor like, Generator generator)
    {
        using var scope = NewDisposeScope();
        var corner = Steepest(randn(like.shape, dtype: like.dtype, generator: generator));
        return (corner * PerSample(rand([like.shape[0]], dtype: like.dtype, generator: generator), like) * Radius).MoveToOuterDisposeScope();
    }

    internal override bool HoldsTogether => true;

    internal override Tensor Settle(Tensor delta)
    {
        using var scope = NewDisposeScope();
        return Shrunk(Inner.HoldsTogether ? Sized.Settle(delta) : delta).MoveToOuterDisposeScope();
    }

    internal override double Widest(InputSpec input) => Inner.Widest(input);

    internal override Tensor Reach(Tensor like) => Inner.Reach(like);

    internal override Ball Select(Tensor indices) => this with { Inner = Inner.Select(indices) };

    /// <summary>The inner ball with the radius that a <c>with</c> may have given to this one.</summary>
    private Ball Sized => Inner with { Radius = Radius };

    private double LargestReach(Tensor like)
    {
        using var scope = NewDisposeScope();
        return Inner.Reach(like).max().ToDouble();
    }

    /// <summary>The slope-bounded series between 0 and the given one.</summary>
    private Tensor Shrunk(Tensor delta)
    {
        using var scope = NewDisposeScope();
        return minimum(maximum(Mean(delta), -Below(nn.functional.relu(-delta))), Below(nn.functional.relu(delta))).MoveToOuterDisposeScope();
    }

    private Tensor Mean(Tensor delta)
    {
        using var scope = NewDisposeScope();
        return ((Below(delta) - Below(-delta)) / 2).MoveToOuterDisposeScope();
    }

    /// <summary>The largest slope-bounded series that is nowhere above the given one.</summary>
    private Tensor Below(Tensor delta)
    {
        using var scope = NewDisposeScope();
        var steps = delta.shape[1];
        var ramp = (Slope * arange(steps, dtype: delta.dtype)).reshape([1, steps, .. Enumerable.Repeat(1L, (int)delta.dim() - 2)]);
        var fromPast = (delta - ramp).cummin(1).values + ramp;
        var mirrored = fromPast.flip(1);
        return ((mirrored - ramp).cummin(1).values + ramp).flip(1).MoveToOuterDisposeScope();
    }

    private static void CheckTime(Tensor series)
    {
        if (series.dim() >= 2) return;
        throw new ArgumentException($"Expected series [N, T] or [N, T, F], got [{string.Join(", ", series.shape)}].", nameof(series));
    }

    private static double Checked(double slope) => slope is > 0 and < double.PositiveInfinity
        ? slope
        : throw new ArgumentOutOfRangeException(nameof(slope), slope, "Expected a finite slope above 0.");
}
