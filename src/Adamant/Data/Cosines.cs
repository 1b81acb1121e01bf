namespace Adamant.Data;

/// <summary>
/// The orthonormal discrete cosine transform (DCT-II), which JPEG and attacks on low frequencies use.
/// <code>M[k, i] = √(2 − [k = 0]) / √n · cos(π k (2i + 1) / 2n);   X = M x,  x = Mᵀ X</code>
/// </summary>
internal static class Cosines
{
    /// <summary>The transform of <paramref name="size"/> numbers as a matrix <c>[size, size]</c>, <c>Float32</c>; row k is the wave of frequency k.</summary>
    public static Tensor Matrix(long size)
    {
        using var scope = NewDisposeScope();
        var (k, i) = (arange(size, ScalarType.Float64).unsqueeze(1), arange(size, ScalarType.Float64).unsqueeze(0));
        var waves = (k * ((2 * i) + 1) * (Math.PI / (2 * size))).cos() * Math.Sqrt(2.0 / size);
        waves.narrow(0, 0, 1).mul_(Math.Sqrt(0.5));
        return waves.to_type(ScalarType.Float32).MoveToOuterDisposeScope();
    }
}
