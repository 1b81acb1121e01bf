using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>
/// Shrinks each image by a random factor and puts it at a random place; the rest is the lower end of the range.
/// <code>g(x) = pad(resize(x, s)), s ∼ U(smallest, 1), place uniform</code>
/// </summary>
/// <remarks>
/// Stops attacks that fit one pixel grid exactly, and falls to an attacker who averages over sizes and places (<c>Eot</c>); its gradient is its own.
/// Each sample of a batch has its own draw. Cost: one bilinear sampling.
/// Source: Xie, Wang, Zhang, Ren, Yuille, "Mitigating Adversarial Effects Through Randomization", ICLR 2018, arXiv:1711.01991, §3 (there larger than the
/// original, here smaller, as the network's input has one size).
/// </remarks>
public sealed record RandomResize : ISanitizer
{
    /// <summary>The smallest factor, above 0 and up to 1; 0.8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or above 1.</exception>
    public double Smallest
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Smallest), value, "Expected a factor above 0 and up to 1.");
    } = 0.8;

    bool ISanitizer.IsRandom => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No images, or inputs without a range.</exception>
    public Tensor Sanitize(Tensor inputs, InputSpec input, Generator random)
    {
        Needs.Images(inputs, nameof(RandomResize));
        var low = Needs.Range(input, nameof(RandomResize)).Low;
        using var scope = NewDisposeScope();
        var count = inputs.shape[0];
        var scale = Smallest + ((1 - Smallest) * rand([count, 1], dtype: inputs.dtype, generator: random));
        var place = ((2 * rand([count, 2], dtype: inputs.dtype, generator: random)) - 1) * (1 - scale);      // the center, where the sides are at ±1
        var zero = zeros_like(scale);
        // A place u of the result shows (u − place) / scale of the image.
        var matrix = cat([1 / scale, zero, -place.narrow(1, 0, 1) / scale, zero, 1 / scale, -place.narrow(1, 1, 1) / scale], 1).reshape(count, 2, 3);
        var grid = nn.functional.affine_grid(matrix, inputs.shape, align_corners: false);
        var moved = nn.functional.grid_sample(inputs - low, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, align_corners: false);
        return (moved + low).clamp(input.Min, input.Max).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor StraightThrough(Tensor inputs, InputSpec input, Generator random) => Sanitize(inputs, input, random);
}
