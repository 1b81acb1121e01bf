namespace Adamant.Data.Augmentations;

/// <summary>Adds normal noise to every value. <code>x′ = x + σ · z,   z ∼ N(0, 1)</code></summary>
/// <remarks>The training of randomized smoothing. Source: Cohen, Rosenfeld, Kolter, ICML 2019, arXiv:1902.02918, §3.3.</remarks>
/// <param name="Deviation">σ in the units of the inputs, at least 0; 0.1 by default.</param>
public sealed record GaussianNoise(double Deviation = 0.1) : IAugmentation
{
    /// <inheritdoc/>
    public Tensor Apply(Tensor inputs, Generator generator)
    {
        if (!(Deviation >= 0)) throw new ArgumentOutOfRangeException(nameof(inputs), Deviation, "Expected a Deviation of at least 0.");
        if (inputs.dtype != ScalarType.Float32) throw new ArgumentException($"Expected values of type Float32, got {inputs.dtype}. Leave GaussianNoise out for tokens.", nameof(inputs));
        using var scope = NewDisposeScope();
        return (inputs + Deviation * randn(inputs.shape, generator: generator)).MoveToOuterDisposeScope();
    }
}
