namespace Adamant.Attacks.Corruptions;

/// <summary>Weather and light.</summary>
internal static class Weather
{
    private static readonly (double Mean, double Deviation, double Zoom, double Threshold, double Radius, double Sigma, double Mix)[] Snows =
    [
        (0.1, 0.2, 1, 0.6, 8, 3, 0.95), (0.1, 0.2, 1, 0.5, 10, 4, 0.9), (0.15, 0.3, 1.75, 0.55, 10, 4, 0.9),
        (0.25, 0.3, 2.25, 0.6, 12, 6, 0.85), (0.3, 0.3, 1.25, 0.65, 14, 12, 0.8),
    ];

    private static readonly (double Image, double Ice)[] Frosts = [(1, 0.2), (1, 0.3), (0.9, 0.4), (0.85, 0.4), (0.75, 0.45)];
    private static readonly (double Amount, double Decay)[] Fogs = [(0.2, 3), (0.5, 3), (0.75, 2.5), (1, 2), (1.5, 1.75)];
    private static readonly double[] Lights = [0.05, 0.1, 0.15, 0.2, 0.3];

    /// <summary>Streaks of flakes from two sides over a whitened image.</summary>
    public static Tensor Snow(Tensor images, int severity, double scale, Generator generator)
    {
        var (mean, deviation, zoom, threshold, radius, sigma, mix) = Snows[severity];
        long[] shape = [images.shape[0], 1, images.shape[2], images.shape[3]];
        var flakes = mean + (deviation * randn(shape, generator: generator));
        var factor = zoom * scale;
        var (rows, columns) = (Places.Rows(images), Places.Columns(images));
        flakes = Places.Read(flakes, (rows / factor) + ((1 - (1 / factor)) * (images.shape[2] - 1) / 2), (columns / factor) + ((1 - (1 / factor)) * (images.shape[3] - 1) / 2));
        flakes = flakes.masked_fill(flakes.lt(threshold), 0).clamp(0, 1);
        var angles = (-0.75 + (0.5 * rand([images.shape[0]], generator: generator))) * Math.PI;              // from −135° to −45°: falling
        flakes = Blur.Streak(flakes, radius * scale, sigma * scale, angles);
        var grey = images.mean([1], keepdim: true);
        return (mix * images) + ((1 - mix) * images.maximum((1.5 * grey) + 0.5)) + flakes + flakes.flip(2, 3);
    }

    /// <summary>Ice on the lens: the ridges of a cloud, bright and thin.</summary>
    public static Tensor Frost(Tensor images, int severity, double scale, Generator generator)
    {
        var (image, ice) = Frosts[severity];
        var cloud = Places.Cloud(images, 1.6, generator);
        var ridges = (1 - ((2 * cloud) - 1).abs()).pow(3);
        return (image * images) + (ice * ridges);
    }

    /// <summary>A cloud is added, and all of it darkened so that the brightest stays as bright.</summary>
    public static Tensor Fog(Tensor images, int severity, double scale, Generator generator)
    {
        var (amount, decay) = Fogs[severity];
        var most = images.amax([1, 2, 3], keepdim: true);
        return (images + (amount * Places.Cloud(images, decay, generator))) * most / (most + amount);
    }

    /// <summary>The brightest channel of each pixel gains, hue and saturation stay.</summary>
    public static Tensor Brightness(Tensor images, int severity, double scale, Generator generator)
    {
        var value = images.amax([1], keepdim: true);
        var lighter = (value + Lights[severity]).clamp_max(1);
        return where(value.gt(0), images * lighter / value.clamp_min(1e-6), lighter.expand_as(images));
    }
}
