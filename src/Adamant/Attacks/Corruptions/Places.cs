namespace Adamant.Attacks.Corruptions;

/// <summary>Reads images at other places than their pixels.</summary>
internal static class Places
{
    /// <summary>The row of each pixel, shape <c>[1, H, 1]</c>.</summary>
    public static Tensor Rows(Tensor images) => arange(images.shape[2], ScalarType.Float32).reshape(1, -1, 1);

    /// <summary>The column of each pixel, shape <c>[1, 1, W]</c>.</summary>
    public static Tensor Columns(Tensor images) => arange(images.shape[3], ScalarType.Float32).reshape(1, 1, -1);

    /// <summary>What an image shows at some places, between pixels by bilinear interpolation; the borders repeat.</summary>
    /// <param name="images">Shape <c>[N, C, H, W]</c>.</param>
    /// <param name="rows">In pixels, broadcastable to <c>[N, H, W]</c>.</param>
    /// <param name="columns">In pixels, broadcastable to <c>[N, H, W]</c>.</param>
    public static Tensor Read(Tensor images, Tensor rows, Tensor columns)
    {
        long[] shape = [images.shape[0], images.shape[2], images.shape[3]];
        var (x, y) = ((((2 * columns) + 1) / images.shape[3]) - 1, (((2 * rows) + 1) / images.shape[2]) - 1);
        var grid = stack([x.expand(shape), y.expand(shape)], 3);
        return nn.functional.grid_sample(images, grid, padding_mode: GridSamplePaddingMode.Border, align_corners: false);
    }

    /// <summary>A cloud of random numbers with structure at all sizes, from 0 to 1 per image, shape <c>[N, 1, H, W]</c>.</summary>
    /// <param name="images">Gives the shape.</param>
    /// <param name="decay">How much weaker each halving of the size is; larger is smoother.</param>
    /// <param name="generator">The source of the randomness.</param>
    public static Tensor Cloud(Tensor images, double decay, Generator generator)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        var total = zeros(images.shape[0], 1, height, width);
        var amplitude = 1.0;
        for (long cells = 2; cells <= 2 * Math.Max(height, width); cells *= 2, amplitude /= decay)
        {
            using var inner = NewDisposeScope();
            var coarse = rand([images.shape[0], 1, Math.Min(cells, height), Math.Min(cells, width)], generator: generator);
            total.add_(amplitude * nn.functional.interpolate(coarse, [height, width], mode: InterpolationMode.Bilinear, align_corners: true));
        }
        var low = total.amin([1, 2, 3], keepdim: true);
        return (total - low) / (total.amax([1, 2, 3], keepdim: true) - low).clamp_min(1e-6);
    }
}
