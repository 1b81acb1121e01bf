using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>
/// Compresses images as JPEG does, and takes them out again: cosine transform of 8×8 blocks, and coarse steps for what the eye hardly sees.
/// <code>c = D · (255 x − 128) · Dᵀ;   g(x) = (Dᵀ · (q ∘ round(c / q)) · D + 128) / 255, rounded to 8 bits</code>
/// </summary>
/// <remarks>
/// The loss of a JPEG file without the file: brightness and, with three channels, color differences by their standard tables, at full resolution (4:4:4).
/// It rounds away small changes of high frequency; an attacker who knows it passes the gradient around the rounding (<c>Bpda</c>). Cost: four small products
/// of matrices per block.
/// Source: Dziugaite, Ghahramani, Roy, "A Study of the Effect of JPG Compression on Adversarial Images", 2016, arXiv:1608.00853; tables: ITU-T T.81, Annex K.1.
/// </remarks>
public sealed record Jpeg : ISanitizer
{
    private const int Side = 8;

    private static readonly int[] Brightness =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly int[] Color =
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        .. Enumerable.Repeat(99, 32),
    ];

    private static readonly float[] ToYcc = [0.299f, 0.587f, 0.114f, -0.168736f, -0.331264f, 0.5f, 0.5f, -0.418688f, -0.081312f];
    private static readonly float[] ToRgb = [1, 0, 1.402f, 1, -0.344136f, -0.714136f, 1, 1.772f, 0];

    /// <summary>As in image programs, from 1 (coarse) to 100 (fine); 75 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of 1 to 100.</exception>
    public int Quality
    {
        get;
        init => field = value is >= 1 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(Quality), value, "Expected a quality from 1 to 100.");
    } = 75;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No images, or inputs without a range.</exception>
    public Tensor Sanitize(Tensor inputs, InputSpec input, Generator random)
    {
        Needs.Images(inputs, nameof(Jpeg));
        var (low, width) = Needs.Range(input, nameof(Jpeg));
        using var scope = NewDisposeScope();
        var (height, columns) = (inputs.shape[2], inputs.shape[3]);
        var pixels = (inputs - low) * (255 / width);
        var inColor = inputs.shape[1] == 3;
        var planes = (inColor ? Mix(pixels, ToYcc) : pixels) - Offset(inColor);

        var padded = nn.functional.pad(planes.contiguous(), [0, Missing(columns), 0, Missing(height)], PaddingModes.Replicate);
        var blocks = padded.unfold(2, Side, Side).unfold(3, Side, Side);                    // [N, C, H/8, W/8, 8, 8]
        var (basis, steps) = (Basis(), Steps(inputs.shape[1]));
        var kept = (basis.matmul(blocks).matmul(basis.t()) / steps).round() * steps;
        var restored = basis.t().matmul(kept).matmul(basis).permute(0, 1, 2, 4, 3, 5).reshape(padded.shape)
            .narrow(2, 0, height).narrow(3, 0, columns) + Offset(inColor);
        var bytes = (inColor ? Mix(restored, ToRgb) : restored).clamp(0, 255).round();
        return ((bytes * (width / 255)) + low).clamp(input.Min, input.Max).MoveToOuterDisposeScope();
    }

    /// <summary>How many pixels are missing to a multiple of 8.</summary>
    private static long Missing(long size) => (Side - (size % Side)) % Side;

    /// <summary>The middle of brightness; color differences are around 0 already.</summary>
    private static Tensor Offset(bool inColor) => (inColor ? tensor(new[] { 128f, 0, 0 }) : tensor(new[] { 128f })).reshape(1, -1, 1, 1);

    private static Tensor Mix(Tensor planes, float[] matrix) => einsum("oc,nchw->nohw", tensor(matrix).reshape(3, 3), planes);

    /// <summary>The orthonormal cosine transform: row k is √(2/8) · cos((2i + 1) k π / 16), row 0 constant.</summary>
    private static Tensor Basis() => tensor(Enumerable.Range(0, Side * Side)
        .Select(n => (float)(n < Side ? Math.Sqrt(1.0 / Side) : Math.Sqrt(2.0 / Side) * Math.Cos(((2 * (n % Side)) + 1) * (n / Side) * Math.PI / (2 * Side)))).ToArray())
        .reshape(Side, Side);

    /// <summary>The steps of each plane, <c>[C, 1, 1, 8, 8]</c>: the tables are those of quality 50.</summary>
    private Tensor Steps(long channels)
    {
        var scale = Quality < 50 ? 5000 / Quality : 200 - (2 * Quality);
        var planes = Enumerable.Range(0, (int)channels).SelectMany(c => channels == 3 && c > 0 ? Color : Brightness);
        return tensor(planes.Select(q => (float)Math.Clamp(((q * scale) + 50) / 100, 1, 255)).ToArray()).reshape(channels, 1, 1, Side, Side);
    }
}
