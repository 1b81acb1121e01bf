using Adamant.Data;

namespace Adamant.Attacks.Corruptions;

/// <summary>What processing does to images.</summary>
internal static class Digital
{
    private static readonly double[] Contrasts = [0.75, 0.5, 0.4, 0.3, 0.15];
    private static readonly double[] Sizes = [0.95, 0.9, 0.85, 0.75, 0.65];
    private static readonly int[] Qualities = [80, 65, 58, 50, 40];

    // Shares of the side: how far the texture is pulled, how smoothly, and how far the corners move.
    private static readonly (double Pull, double Sigma, double Corner)[] Elastics = [(0, 0, 0.08), (0.05, 0.2, 0.07), (0.08, 0.06, 0.06), (0.1, 0.04, 0.05), (0.1, 0.03, 0.03)];

    /// <summary>Towards the mean of each channel.</summary>
    public static Tensor Contrast(Tensor images, int severity, double scale, Generator generator)
    {
        var mean = images.mean([2, 3], keepdim: true);
        return ((images - mean) * Contrasts[severity]) + mean;
    }

    /// <summary>A random affine map, and smooth random displacements.</summary>
    public static Tensor Elastic(Tensor images, int severity, double scale, Generator generator)
    {
        var (pull, sigma, corner) = Elastics[severity];
        var (count, side) = (images.shape[0], (double)Math.Min(images.shape[2], images.shape[3]));
        var (middleRow, middleColumn) = ((images.shape[2] - 1) / 2.0, (images.shape[3] - 1) / 2.0);
        var third = Math.Floor(side / 3);

        // Three points about the center move; the affine map that takes them along moves all others.
        var points = tensor(new[] { third, third, 1, -third, third, 1, -third, -third, 1 }).reshape(3, 3).to_type(ScalarType.Float32);
        var moved = points.narrow(1, 0, 2) + (corner * side * ((2 * rand([count, 3, 2], generator: generator)) - 1));
        var map = linalg.inv(points).matmul(moved);                                                     // [N, 3, 2]
        var (rows, columns) = (Places.Rows(images) - middleRow, Places.Columns(images) - middleColumn);
        Tensor Mapped(int axis) => (map[.., 0, axis].reshape(-1, 1, 1) * rows) + (map[.., 1, axis].reshape(-1, 1, 1) * columns) + map[.., 2, axis].reshape(-1, 1, 1);
        var (down, right) = (Mapped(0) + middleRow, Mapped(1) + middleColumn);
        if (pull > 0)
        {
            var drift = (2 * rand([count, 2, images.shape[2], images.shape[3]], generator: generator)) - 1;
            drift = pull * side * Blur.Gaussian(drift, sigma * side);
            (down, right) = (down + drift.select(1, 0), right + drift.select(1, 1));
        }
        return Places.Read(images, down, right);
    }

    /// <summary>Fewer pixels, shown large.</summary>
    public static Tensor Pixelate(Tensor images, int severity, double scale, Generator generator)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        var small = nn.functional.adaptive_avg_pool2d(images, [Fewer(height), Fewer(width)]);
        return nn.functional.interpolate(small, [height, width], mode: InterpolationMode.Nearest);

        long Fewer(long size) => Math.Max(1, (long)(size * Sizes[severity]));
    }

    /// <summary>Compressed with a loss and read again.</summary>
    public static Tensor Compress(Tensor images, int severity, double scale, Generator generator) => JpegTransform.Compress(images, Qualities[severity]);
}
