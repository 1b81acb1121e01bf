using Adamant.Victims;

namespace Adamant.Attacks;

/// <summary>The moves of all coordinates add up to at most ε: ‖δ‖₁ ≤ ε.</summary>
/// <param name="Radius">ε in the units of the victim's input, summed over all coordinates of a sample.</param>
public sealed record L1(double Radius) : Ball(Radius)
{
    private const double Tiny = 1.2e-38;                        // the smallest normal float32: only zero is below it

    /// <inheritdoc/>
    public override string Norm => "L1";

    /// <summary>All of the move goes to the coordinate with the largest gradient.</summary>
    /// <inheritdoc/>
    public override Tensor Steepest(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var flat = gradient.flatten(1);
        var largest = flat.abs().argmax(1, keepdim: true);
        return zeros_like(flat).scatter(1, largest, flat.gather(1, largest).sign()).reshape(gradient.shape).MoveToOuterDisposeScope();
    }

    /// <summary>Soft-thresholds each perturbation with the threshold that makes its length ε.</summary>
    /// <remarks>
    /// Exact, by sorting. Source: Duchi, Shalev-Shwartz, Singer, Chandra, "Efficient Projections onto the ℓ1-Ball for Learning in High Dimensions",
    /// ICML 2008, Figure 1.
    /// </remarks>
    /// <inheritdoc/>
    public override Tensor Project(Tensor delta)
    {
        using var scope = NewDisposeScope();
        var flat = delta.flatten(1).to_type(ScalarType.Float64);                // a small ε is lost beside a large sum
        var sizes = flat.abs();
        var falling = sizes.sort(1, descending: true).Values;
        var rank = arange(1, falling.shape[1] + 1, dtype: ScalarType.Float64);
        var thresholds = (falling.cumsum(1) - Radius) / rank;
        var last = falling.gt(thresholds).sum(1, keepdim: true).clamp_min(1) - 1;
        var threshold = thresholds.gather(1, last).clamp_min(0);
        return (flat.sign() * (sizes - threshold).clamp_min(0)).to_type(delta.dtype).reshape(delta.shape).MoveToOuterDisposeScope();
    }

    /// <summary>The nearest inputs inside the ball and the range at once: clamping after <see cref="Project"/> would waste a part of ε.</summary>
    /// <remarks>
    /// Each coordinate moves by <c>min(|δᵢ| − λ, its room)</c>, at least 0; the λ where the moves add up to ε is found by sorting where they start to shrink and where they end.
    /// Exact. Source: Croce, Hein, "Mind the Box: ℓ1-APGD for Sparse Adversarial Attacks on Image Classifiers", ICML 2021, arXiv:2103.01208, Proposition 2.2.
    /// </remarks>
    internal override Tensor Place(Tensor delta, Tensor inputs, InputSpec range)
    {
        using var scope = NewDisposeScope();
        var (flat, x) = (delta.flatten(1), inputs.flatten(1));
        var room = where(flat.gt(0), range.Max - x, x - range.Min).clamp_min(0);
        var move = (flat.sign() * minimum((flat.abs() - Threshold(flat.abs(), room)).clamp_min(0), room)).reshape(inputs.shape);
        return where(move.eq(0), inputs, (inputs + move).clamp_(range.Min, range.Max)).MoveToOuterDisposeScope();
    }

    /// <summary>λ ≥ 0 for each row, shape <c>[N, 1]</c>.</summary>
    private Tensor Threshold(Tensor sizes, Tensor room)
    {
        using var scope = NewDisposeScope();
        var (a, c) = (sizes.to_type(ScalarType.Float64), room.to_type(ScalarType.Float64));
        var whole = minimum(a, c).sum(1, keepdim: true);
        var (ends, from) = cat([(a - c).clamp_min(0), a], 1).sort(1);
        var slopes = where(from.lt(a.shape[1]), -1.0, 1.0).cumsum(1);           // of the sum of the moves, to the right of each end
        var sums = whole + nn.functional.pad((ends.diff(dim: 1) * slopes.narrow(1, 0, slopes.shape[1] - 1)).cumsum(1), (1, 0));
        var last = sums.ge(Radius).sum(1, keepdim: true).clamp_min(1) - 1;
        var threshold = ends.gather(1, last) + ((sums.gather(1, last) - Radius) / (-slopes.gather(1, last)).clamp_min(1));
        return where(whole.gt(Radius), threshold, zeros_like(threshold)).to_type(sizes.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Measure(Tensor delta)
    {
        using var scope = NewDisposeScope();
        return delta.flatten(1).abs().sum(1).MoveToOuterDisposeScope();
    }

    /// <summary>The range times the number of coordinates.</summary>
    internal override double Widest(InputSpec input) =>
        base.Widest(input) * input.Shape.Aggregate(1.0, (product, d) => d == -1 ? double.PositiveInfinity : product * d);

    /// <summary>The differences of uniform order statistics, with random signs: uniform in the ball's volume.</summary>
    /// <inheritdoc/>
    public override Tensor Sample(Tensor like, Generator generator)
    {
        using var scope = NewDisposeScope();
        var count = like.numel() / Math.Max(1, like.shape[0]);
        var spacings = -rand([like.shape[0], count + 1], dtype: like.dtype, generator: generator).clamp_min(Tiny).log();
        var simplex = spacings.narrow(1, 0, count) / spacings.sum(1, keepdim: true);
        var signs = (2 * randint(0, 2, simplex.shape, dtype: like.dtype, generator: generator)) - 1;
        return (simplex * signs * Radius).reshape(like.shape).MoveToOuterDisposeScope();
    }
}
