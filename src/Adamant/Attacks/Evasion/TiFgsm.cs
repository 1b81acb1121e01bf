namespace Adamant.Attacks.Evasion;

/// <summary>
/// Translation-invariant iterative FGSM: the gradient blurred by a Gaussian kernel, which is nearly its mean over shifted images.
/// <code>g = W ∗ ∇ₓ L(f(x), y)</code>
/// </summary>
/// <remarks>
/// For images. Made for defended models that look at other parts of an image than the surrogate; weak on small images whose details decide. σ is a
/// sixth of the kernel's width. Cost: as <see cref="MiFgsm"/>.
/// Source: Dong, Pang, Su, Zhu, "Evading Defenses to Transferable Adversarial Examples by Translation-Invariant Attacks", CVPR 2019, arXiv:1904.02884, §3.2.
/// </remarks>
[Restricted("smooths its gradient across pixels, so that samples transfer")]
public sealed record TiFgsm : MomentumFgsm
{
    /// <summary>The kernel's width in pixels; odd, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Even, or below 1.</exception>
    public int Kernel
    {
        get;
        init => field = value >= 1 && value % 2 == 1 ? value : throw new ArgumentOutOfRangeException(nameof(Kernel), value, "Expected an odd number of at least 1.");
    } = 7;

    private protected override Func<Tensor> Start(Point point)
    {
        CheckImages(point.X);
        var offsets = arange(Kernel, ScalarType.Float32) - (Kernel / 2);
        var bell = (-0.5 * (offsets / Math.Max(Kernel / 6.0, 0.1)).square()).exp();
        bell = bell / bell.sum(dim: 0);
        var channels = point.X.shape[1];
        var kernel = (bell.unsqueeze(1) * bell).expand(channels, 1, Kernel, Kernel);
        return () =>
        {
            using var scope = NewDisposeScope();
            var gradient = point.Slope(point.X, null);
            return nn.functional.conv2d(gradient, kernel, padding: [Kernel / 2, Kernel / 2], groups: channels).MoveToOuterDisposeScope();
        };
    }
}
