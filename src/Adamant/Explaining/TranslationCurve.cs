using Adamant.Data;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Explaining;

/// <summary>
/// Whether a model cares where in the image a thing is: its answers against the shift.
/// <code>accuracy(s) = P(f(xₛ) = y),  unchanged(s) = P(f(xₛ) = f(x)),  xₛ[c, h, w] = x[c, h, w − s]</code>
/// </summary>
/// <remarks>
/// Pixels that come in at the edge are black (0, or the lowest value that the model takes), those that go out are lost: on images that fill their frame a
/// part of the fall is that loss. Convolutions move their maps with the image; pooling forgives a pixel or two; the linear layers behind them forgive nothing.
/// Source: Azulay, Weiss, "Why do deep convolutional networks generalize so poorly to small image transformations?", JMLR 20, 2019, arXiv:1805.12177.
/// </remarks>
/// <param name="Name">What the legend calls the model.</param>
/// <param name="Points">From the largest shift to the left to the largest to the right.</param>
public sealed record TranslationCurve(string Name, IReadOnlyList<TranslationPoint> Points)
{
    private const long MicroBatch = 256;

    /// <summary>Moves images sideways and asks again.</summary>
    /// <param name="name">What the legend calls the model.</param>
    /// <param name="victim">Label-only access is enough.</param>
    /// <param name="images">Inputs of shape <c>[N, channels, height, width]</c> with class numbers.</param>
    /// <param name="most">The largest shift in pixels, from 0 to the width − 1.</param>
    /// <param name="cancellation">Stops between two shifts.</param>
    /// <exception cref="ArgumentException">The inputs are no images, or the shift is as wide as they are.</exception>
    public static TranslationCurve Of(string name, IClassifier victim, Batch images, int most, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(victim);
        ArgumentNullException.ThrowIfNull(images);
        if (images.Inputs.dim() != 4) throw new ArgumentException($"Expected images [N, C, H, W], got [{string.Join(", ", images.Inputs.shape)}].", nameof(images));
        if (most < 0 || most >= images.Inputs.shape[3])
            throw new ArgumentException($"Expected a shift from 0 to {images.Inputs.shape[3] - 1} pixels, got {most}.", nameof(most));
        using var scope = NewDisposeScope();
        var first = Predict(victim, images.Inputs, 0);
        return new TranslationCurve(name, [.. Enumerable.Range(-most, (2 * most) + 1).Select(Point)]);

        TranslationPoint Point(int shift)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var said = shift == 0 ? first : Predict(victim, images.Inputs, shift);
            Proportion Share(Tensor other) => new(said.eq(other).count_nonzero().item<long>(), images.Count);
            return new TranslationPoint(shift, Share(images.Labels), Share(first));
        }
    }

    /// <summary>Images moved sideways.</summary>
    /// <param name="images">Shape <c>[N, channels, height, width]</c>.</param>
    /// <param name="shift">Pixels to the right; below 0 to the left; fewer than the width.</param>
    /// <param name="fill">What comes in at the edge.</param>
    /// <returns>The same shape.</returns>
    public static Tensor Shift(Tensor images, int shift, double fill = 0)
    {
        ArgumentNullException.ThrowIfNull(images);
        var kept = images.shape[3] - Math.Abs(shift);
        ArgumentOutOfRangeException.ThrowIfLessThan(kept, 1, nameof(shift));
        using var scope = NewDisposeScope();
        var moved = full_like(images, fill);
        moved.narrow(3, Math.Max(0, shift), kept).copy_(images.narrow(3, Math.Max(0, -shift), kept));
        return moved.MoveToOuterDisposeScope();
    }

    private static Tensor Predict(IClassifier victim, Tensor images, int shift)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var fill = double.IsFinite(victim.Input.Min) ? victim.Input.Min : 0;
        return cat([.. images.split(MicroBatch).Select(part => victim.Predict(Shift(part, shift, fill)))]).MoveToOuterDisposeScope();
    }
}
