using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>
/// Replaces each pixel by the median of its neighborhood, in each channel.
/// <code>g(x)ᵢⱼ = median { xₖₗ : |k − i| ≤ (s − 1) / 2, |l − j| ≤ (s − 1) / 2 }, mirrored at the edge</code>
/// </summary>
/// <remarks>
/// Made against salt and pepper: it undoes changes of few pixels, and passes those that spread over many. Its own gradient goes to one pixel of each
/// neighborhood. Cost: s² copies of the batch.
/// Source: Xu, Evans, Qi, "Feature Squeezing: Detecting Adversarial Examples in Deep Neural Networks", NDSS 2018, arXiv:1704.01155, §4.2.
/// </remarks>
public sealed record Median : ISanitizer
{
    /// <summary>s, the side of the neighborhood in pixels: odd, from 3 to 15; 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Even, or outside of 3 to 15.</exception>
    public int Size
    {
        get;
        init => field = value is >= 3 and <= 15 && value % 2 == 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Size), value, "Expected an odd size from 3 to 15 pixels.");
    } = 3;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No images, or smaller ones than the neighborhood.</exception>
    public Tensor Sanitize(Tensor inputs, InputSpec input, Generator random)
    {
        Needs.Images(inputs, nameof(Median));
        var shape = inputs.shape;
        if (Math.Min(shape[2], shape[3]) <= Size / 2)
            throw new ArgumentException($"Expected images of more than {Size / 2} pixels for a median of size {Size}, got {shape[2]} × {shape[3]}.", nameof(inputs));
        using var scope = NewDisposeScope();
        var margin = Size / 2;
        var padded = nn.functional.pad(inputs.contiguous(), [margin, margin, margin, margin], PaddingModes.Reflect);
        var windows = padded.unfold(2, Size, 1).unfold(3, Size, 1).flatten(4);              // [N, C, H, W, s²]
        return windows.sort(-1).Values.select(-1, Size * Size / 2).MoveToOuterDisposeScope();
    }
}
