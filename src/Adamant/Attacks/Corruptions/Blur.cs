namespace Adamant.Attacks.Corruptions;

/// <summary>Blur of lenses, glass and motion.</summary>
internal static class Blur
{
    private static readonly (double Radius, double Softness)[] Disks = [(0.3, 0.4), (0.4, 0.5), (0.5, 0.6), (1, 0.2), (1.5, 0.1)];
    private static readonly (double Sigma, int Reach, int Times)[] Panes = [(0.05, 1, 1), (0.25, 1, 1), (0.4, 1, 1), (0.25, 1, 2), (0.4, 1, 2)];
    private static readonly (double Radius, double Sigma)[] Motions = [(6, 1), (6, 1.5), (6, 2), (8, 2), (9, 2.5)];
    private static readonly double[] Zooms = [1.06, 1.11, 1.16, 1.21, 1.26];
    private const double ZoomStep = 0.01;

    /// <summary>A disk instead of each point, with a soft edge.</summary>
    public static Tensor Defocus(Tensor images, int severity, double scale, Generator generator)
    {
        var (radius, softness) = (Disks[severity].Radius * scale, Disks[severity].Softness);
        var reach = (long)Math.Ceiling(radius);
        var offsets = arange(-reach, reach + 1, ScalarType.Float32).square();
        var disk = (offsets.unsqueeze(1) + offsets).le(radius * radius).to_type(ScalarType.Float32);
        return Gaussian(Convolve(images, disk / sum(disk)), softness);
    }

    /// <summary>Blurred, each pixel taken from a random neighbor, and blurred again.</summary>
    public static Tensor Glass(Tensor images, int severity, double scale, Generator generator)
    {
        var (sigma, reach, times) = Panes[severity];
        var far = (int)Math.Round(reach * scale);
        var x = Gaussian(images, sigma * scale);
        var (rows, columns) = (Places.Rows(images), Places.Columns(images));
        long[] shape = [images.shape[0], images.shape[2], images.shape[3]];
        for (var i = 0; i < times; i++)
        {
            var (down, right) = (randint(-far, far + 1, shape, dtype: ScalarType.Float32, generator: generator), randint(-far, far + 1, shape, dtype: ScalarType.Float32, generator: generator));
            x = Places.Read(x, rows + down, columns + right);
        }
        return Gaussian(x, sigma * scale);
    }

    /// <summary>Fading copies along a random direction within 45° of the horizontal.</summary>
    public static Tensor Motion(Tensor images, int severity, double scale, Generator generator) =>
        Streak(images, Motions[severity].Radius * scale, Motions[severity].Sigma * scale, ((2 * rand([images.shape[0]], generator: generator)) - 1) * (Math.PI / 4));

    /// <summary>The mean of the image and of ever larger ones.</summary>
    public static Tensor Zoom(Tensor images, int severity, double scale, Generator generator)
    {
        var (total, count) = (images.clone(), 1);
        var (rows, columns) = (Places.Rows(images), Places.Columns(images));
        var (middleRow, middleColumn) = ((images.shape[2] - 1) / 2.0, (images.shape[3] - 1) / 2.0);
        for (var zoom = 1.0; zoom < Zooms[severity] - (ZoomStep / 2); zoom += ZoomStep, count++)
        {
            using var inner = NewDisposeScope();
            total.add_(Places.Read(images, ((rows - middleRow) / zoom) + middleRow, ((columns - middleColumn) / zoom) + middleColumn));
        }
        return total / count;
    }

    /// <summary>Copies that fade like a bell along an angle of each image's own.</summary>
    /// <param name="images">Shape <c>[N, C, H, W]</c>.</param>
    /// <param name="radius">How far the copies reach: 2 · radius + 1 of them, one pixel apart.</param>
    /// <param name="sigma">How fast they fade, in pixels.</param>
    /// <param name="angles">Shape <c>[N]</c>, in radians.</param>
    public static Tensor Streak(Tensor images, double radius, double sigma, Tensor angles)
    {
        var (rows, columns) = (Places.Rows(images), Places.Columns(images));
        var (down, right) = (angles.sin().reshape(-1, 1, 1), angles.cos().reshape(-1, 1, 1));
        var (total, weights) = (zeros_like(images), 0.0);
        for (var i = 0; i <= 2 * radius; i++)
        {
            var weight = Math.Exp(-0.5 * i * i / (sigma * sigma));
            if (weight < 1e-4) break;
            using var inner = NewDisposeScope();
            total.add_(weight * Places.Read(images, rows + (i * down), columns + (i * right)));
            weights += weight;
        }
        return total / weights;
    }

    /// <summary>The usual blur; the borders repeat.</summary>
    public static Tensor Gaussian(Tensor images, double sigma)
    {
        var reach = (long)Math.Max(1, Math.Ceiling(3 * sigma));
        var bell = (-0.5 * (arange(-reach, reach + 1, ScalarType.Float32) / sigma).square()).exp();
        bell = bell / bell.sum(dim: 0);
        return Convolve(Convolve(images, bell.unsqueeze(0)), bell.unsqueeze(1));
    }

    private static Tensor Convolve(Tensor images, Tensor kernel)
    {
        var (down, right, channels) = (kernel.shape[0] / 2, kernel.shape[1] / 2, images.shape[1]);
        var padded = nn.functional.pad(images, [right, right, down, down], PaddingModes.Replicate);
        return nn.functional.conv2d(padded, kernel.expand(channels, 1, kernel.shape[0], kernel.shape[1]), groups: channels);
    }
}
