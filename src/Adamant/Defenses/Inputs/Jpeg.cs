using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>
/// Compresses images as JPEG does, and takes them out again: cosine transform of 8×8 blocks, and coarse steps for what the eye hardly sees.
/// <code>c = D · (255 x − 128) · Dᵀ;   g(x) = (Dᵀ · (q ∘ round(c / q)) · D + 128) / 255, rounded to 8 bits</code>
/// </summary>
/// <remarks>
/// The loss of a JPEG file without the file: brightness and, with three channels, color differences by their standard tables, the latter at half the size (4:2:0).
/// It rounds away small changes of high frequency; an attacker who knows it passes the gradient around the rounding (<c>Bpda</c>). Cost: four small products
/// of matrices per block.
/// Source: Dziugaite, Ghahramani, Roy, "A Study of the Effect of JPG Compression on Adversarial Images", 2016, arXiv:1608.00853; tables: ITU-T T.81, Annex K.1.
/// </remarks>
public sealed record Jpeg : ISanitizer
{
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
        return ((JpegTransform.Compress((inputs - low) / width, Quality) * width) + low).clamp(input.Min, input.Max).MoveToOuterDisposeScope();
    }
}
