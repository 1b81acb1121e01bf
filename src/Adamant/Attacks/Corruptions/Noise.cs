namespace Adamant.Attacks.Corruptions;

/// <summary>Noise of the sensor and of the transmission.</summary>
internal static class Noise
{
    private static readonly double[] Deviations = [0.04, 0.06, 0.08, 0.09, 0.10];
    private static readonly double[] Photons = [500, 250, 100, 75, 50];
    private static readonly double[] Shares = [0.01, 0.02, 0.03, 0.05, 0.07];

    /// <summary>In low light: normal, the same everywhere.</summary>
    public static Tensor Gaussian(Tensor images, int severity, double scale, Generator generator) =>
        images + (Deviations[severity] * randn(images.shape, generator: generator));

    /// <summary>Of the light itself: Poisson with so many photons for white.</summary>
    public static Tensor Shot(Tensor images, int severity, double scale, Generator generator) =>
        poisson(images * Photons[severity], generator) / Photons[severity];

    /// <summary>Bit errors: a share of the values is black or white.</summary>
    public static Tensor Impulse(Tensor images, int severity, double scale, Generator generator)
    {
        var draw = rand(images.shape, generator: generator);
        var (black, white) = (draw.lt(Shares[severity] / 2), draw.gt(1 - (Shares[severity] / 2)));
        return images.masked_fill(black, 0).masked_fill(white, 1);
    }
}
