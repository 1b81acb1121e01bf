namespace Adamant.Data;

/// <summary>
/// What JPEG does to an image, without the coding that loses nothing: 8×8 cosine transforms, rounded to multiples of a table.
/// <code>X̂ = q · round(DCT(x) / q),   x̂ = DCT⁻¹(X̂)</code>
/// </summary>
/// <remarks>
/// Baseline: the example tables of the standard's annex K, scaled by quality as libjpeg does; color as Y, Cb, Cr with chroma at half the size (4:2:0);
/// other numbers of channels than 3 are compressed one by one, as grey. Results agree with a codec up to the rounding of its integer arithmetic.
/// Source: ITU-T T.81 (1992), annex A.3, K.1; JFIF 1.02 for the colors.
/// </remarks>
internal static class JpegTransform
{
    private const int Block = 8;

    private static readonly byte[] Luminance =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly byte[] Chrominance =
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    ];

    /// <summary>Compresses images and reads them again.</summary>
    /// <param name="images">Shape <c>[N, C, H, W]</c>, <c>Float32</c>, in [0, 1].</param>
    /// <param name="quality">From 1 to 100.</param>
    /// <returns>The same shape, whole multiples of 1/255.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The quality is not from 1 to 100.</exception>
    public static Tensor Compress(Tensor images, int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        using var scope = NewDisposeScope();
        var pixels = (images * 255).round();
        var restored = images.shape[1] == 3 ? Color(pixels, quality) : Plane(pixels, Table(Luminance, quality));
        return (restored.round().clamp(0, 255) / 255).MoveToOuterDisposeScope();
    }

    private static Tensor Color(Tensor pixels, int quality)
    {
        var (r, g, b) = (pixels.narrow(1, 0, 1), pixels.narrow(1, 1, 1), pixels.narrow(1, 2, 1));
        var luma = (0.299 * r) + (0.587 * g) + (0.114 * b);
        var chroma = cat([(0.564334 * (b - luma)) + 128, (0.713267 * (r - luma)) + 128], 1);
        var (height, width) = (pixels.shape[2], pixels.shape[3]);
        var even = nn.functional.pad(chroma, [0, width % 2, 0, height % 2], PaddingModes.Replicate);
        var small = Plane(nn.functional.avg_pool2d(even, 2), Table(Chrominance, quality));
        var large = nn.functional.interpolate(small, [even.shape[2], even.shape[3]], mode: InterpolationMode.Nearest).narrow(2, 0, height).narrow(3, 0, width) - 128;

        var (y, cb, cr) = (Plane(luma, Table(Luminance, quality)), large.narrow(1, 0, 1), large.narrow(1, 1, 1));
        return cat([y + (1.402 * cr), y - (0.344136 * cb) - (0.714136 * cr), y + (1.772 * cb)], 1);
    }

    /// <summary>One plane after the other, in blocks; the borders repeat to fill the last ones.</summary>
    private static Tensor Plane(Tensor plane, Tensor table)
    {
        var (n, c, height, width) = (plane.shape[0], plane.shape[1], plane.shape[2], plane.shape[3]);
        var padded = nn.functional.pad(plane.round().clamp(0, 255), [0, Missing(width), 0, Missing(height)], PaddingModes.Replicate) - 128;
        var (down, right) = (padded.shape[2] / Block, padded.shape[3] / Block);
        var waves = Cosines.Matrix(Block);
        var blocks = padded.reshape(n, c, down, Block, right, Block).transpose(3, 4);
        var frequencies = waves.matmul(blocks).matmul(waves.t());
        var restored = waves.t().matmul((frequencies / table).round() * table).matmul(waves);
        return (restored.transpose(3, 4).reshape(n, c, down * Block, right * Block).narrow(2, 0, height).narrow(3, 0, width) + 128).clamp(0, 255);

        static long Missing(long size) => (Block - (size % Block)) % Block;
    }

    private static Tensor Table(byte[] table, int quality)
    {
        var scale = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        return tensor(Array.ConvertAll(table, q => (float)Math.Clamp(((q * scale) + 50) / 100, 1, 255))).reshape(Block, Block);
    }
}
