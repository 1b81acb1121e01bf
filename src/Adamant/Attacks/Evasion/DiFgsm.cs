namespace Adamant.Attacks.Evasion;

/// <summary>
/// Diverse inputs iterative FGSM: the gradient through a random resizing and padding of the image.
/// <code>g = ∇ₓ L(f(T(x)), y),   T: with probability p, the image smaller by a random share and at a random place on black; else as it is</code>
/// </summary>
/// <remarks>
/// For images. Made for surrogates of another architecture; weak on small images, whose details a resizing destroys. Resizes by the nearest pixel; size
/// and place are drawn once per step, the coin p for each image. Cost: as <see cref="MiFgsm"/>.
/// Source: Xie et al., "Improving Transferability of Adversarial Examples with Input Diversity", CVPR 2019, arXiv:1803.06978, §3.3.
/// </remarks>
public sealed record DiFgsm : MomentumFgsm
{
    /// <summary>p, how often an image is transformed; from 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 1.</exception>
    public double Probability { get; init => field = Option.UpTo(value, 1); } = 0.5;

    /// <summary>The smallest size as a share of the image's; above 0, at most 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or above 1.</exception>
    public double Rate { get; init => field = Option.UpTo(Option.Positive(value), 1); } = 0.9;

    private protected override Func<Tensor> Start(Point point)
    {
        CheckImages(point.X);
        return () => point.Slope(point.X, x => Transformed(x, point.Generator));
    }

    private Tensor Transformed(Tensor images, Generator generator)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (images.shape[2], images.shape[3]);
        using var draws = rand(3, generator: generator);
        var (size, down, right) = (draws[0].item<float>(), draws[1].item<float>(), draws[2].item<float>());
        var share = Rate + ((1 - Rate) * size);
        var (h, w) = (Math.Max(1, (long)Math.Round(share * height)), Math.Max(1, (long)Math.Round(share * width)));
        var (top, left) = ((long)(down * (height - h + 1)), (long)(right * (width - w + 1)));
        var small = nn.functional.interpolate(images, [h, w], mode: InterpolationMode.Nearest);
        var padded = nn.functional.pad(small, [left, width - w - left, top, height - h - top]);
        var coin = rand([images.shape[0], 1, 1, 1], generator: generator).lt(Probability);
        return where(coin, padded, images).MoveToOuterDisposeScope();
    }
}
