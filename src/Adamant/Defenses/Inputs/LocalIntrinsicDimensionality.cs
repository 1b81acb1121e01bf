using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>
/// Suspects inputs around which clean samples thin out in too many directions, by maximum likelihood over the nearest neighbors.
/// <code>s(x) = −(1/k · Σᵢ ln(rᵢ / r_k))⁻¹,   r₁ ≤ … ≤ r_k the distances of φ(x) to its neighbors among clean features</code>
/// </summary>
/// <remarks>
/// A number from few distances is noisy, and a path of gradients leads an attacker to where it is small. Ma et al. take neighbors from each minibatch, several
/// layers, and learn a classifier on attacked samples; here the neighbors are a fixed part of the clean samples, of the last features. Cost: one forward pass and a
/// distance to each reference.
/// Source: Ma, Li, Wang, Erfani, Wijewickrema, Schoenebeck, Song, Houle, Bailey, "Characterizing Adversarial Subspaces Using Local Intrinsic Dimensionality",
/// ICLR 2018, arXiv:1801.02613, §4; broken in Athalye, Carlini, Wagner, ICML 2018, arXiv:1802.00420, §5.2.
/// </remarks>
public sealed record LocalIntrinsicDimensionality : IDetector
{
    /// <summary>k, the neighbors, at least 2; 20 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 2.</exception>
    public int Neighbors
    {
        get;
        init => field = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(Neighbors), value, "Expected at least 2 neighbors.");
    } = 20;

    /// <summary>How many clean samples are kept at the most, at least 3; 500 by default. The first ones.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 3.</exception>
    public int References
    {
        get;
        init => field = value >= 3 ? value : throw new ArgumentOutOfRangeException(nameof(References), value, "Expected at least 3 references.");
    } = 500;

    /// <inheritdoc/>
    public FittedDetector Fit(IDifferentiable victim, Batch clean)
    {
        var network = NetworkFeatures.Of(victim, nameof(LocalIntrinsicDimensionality));
        var count = Math.Min(References, clean.Count);
        if (count <= Neighbors)
            throw new ArgumentException($"Expected more than {Neighbors} clean samples for {Neighbors} neighbors, got {count}. Give more samples, or take fewer neighbors.", nameof(clean));
        using var scope = NewDisposeScope();
        var references = NetworkFeatures.All(network, clean.Slice(0, count));
        return new FittedDetector(
            inputs =>
            {
                var features = network.Features(inputs);
                var squared = features.square().sum(dim: 1, keepdim: true) + references.square().sum(dim: 1) - (2 * features.matmul(references.t()));
                var nearest = squared.topk(Neighbors, 1, largest: false).values.clamp_min(1e-12).log() / 2;                     // ln rᵢ, in order
                return 1 / (nearest.narrow(1, Neighbors - 1, 1) - nearest).mean([1L]).clamp_min(1e-6);
            },
            references);
    }
}
