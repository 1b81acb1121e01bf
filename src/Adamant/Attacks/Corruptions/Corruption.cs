namespace Adamant.Attacks.Corruptions;

/// <summary>One way in which images go bad without anybody's intent, at five severities.</summary>
/// <remarks>
/// The severities are those of CIFAR-10-C, which are made for small images: amplitudes (noise, brightness, opacity) hold for any size; lengths (radii, shifts,
/// flakes) grow with the shorter side above 32 pixels. What the original takes from pictures and libraries is generated here: see each remark in
/// the guide. Source: Hendrycks, Dietterich, "Benchmarking Neural Network Robustness to Common Corruptions and Perturbations", ICLR 2019, arXiv:1903.12261, §3.
/// </remarks>
public sealed class Corruption
{
    /// <summary>The number of severities.</summary>
    public const int Severities = 5;

    private const double ReferenceSide = 32;
    private readonly Func<Tensor, int, double, Generator, Tensor> apply;

    internal Corruption(string name, string group, Func<Tensor, int, double, Generator, Tensor> apply) => (Name, Group, this.apply) = (name, group, apply);

    /// <summary>In lower case with hyphens: <c>gaussian-noise</c>.</summary>
    public string Name { get; }

    /// <summary><c>noise</c>, <c>blur</c>, <c>weather</c> or <c>digital</c>.</summary>
    public string Group { get; }

    /// <summary>Corrupts images.</summary>
    /// <param name="images">Shape <c>[N, C, H, W]</c>, <c>Float32</c>, in [0, 1]; grey or color. Not changed.</param>
    /// <param name="severity">From 1 to 5.</param>
    /// <param name="generator">The source of the randomness; each image has its own.</param>
    /// <returns>The same shape and range.</returns>
    /// <exception cref="ArgumentException">The tensor holds no images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The severity is not from 1 to 5.</exception>
    public Tensor Apply(Tensor images, int severity, Generator generator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(severity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(severity, Severities);
        if (images.dim() != 4 || images.dtype != ScalarType.Float32)
            throw new ArgumentException($"Expected images Float32 [N, C, H, W], got {images.dtype} [{string.Join(", ", images.shape)}].", nameof(images));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var scale = Math.Max(1, Math.Min(images.shape[2], images.shape[3]) / ReferenceSide);
        return apply(images, severity - 1, scale, generator).clamp(0, 1).MoveToOuterDisposeScope();
    }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
