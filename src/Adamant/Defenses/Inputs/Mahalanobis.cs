using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>
/// Suspects inputs whose features lie far from those of every class: a Gaussian for each, with one covariance for all.
/// <code>s(x) = min_c (φ(x) − μ_c)ᵀ Σ⁻¹ (φ(x) − μ_c),   φ in front of the last layer</code>
/// </summary>
/// <remarks>
/// An attacker who knows it moves the features to another class's mean; what is off the usual plane is where it holds longest. Σ is shrunk towards a multiple of
/// the identity, so that few samples are enough. Lee et al. also combine several layers and add noise to the input; this is their single layer. Cost: one forward pass.
/// Source: Lee, Lee, Lee, Shin, "A Simple Unified Framework for Detecting Out-of-Distribution Samples and Adversarial Attacks", NeurIPS 2018, arXiv:1807.03888, §2.1.
/// </remarks>
public sealed record Mahalanobis : IDetector
{
    /// <summary>The share of the mean variance that is added to each variance, at least 0; 0.01 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public double Shrinkage
    {
        get;
        init => field = value is >= 0 and < double.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Shrinkage), value, "Expected a finite share of at least 0.");
    } = 0.01;

    /// <inheritdoc/>
    public FittedDetector Fit(IDifferentiable victim, Batch clean)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var network = NetworkFeatures.Of(victim, nameof(Mahalanobis));
        var features = NetworkFeatures.All(network, clean).to_type(ScalarType.Float64);
        var classes = clean.Labels.data<long>().Distinct().Order().ToArray();               // a class without a sample has no mean
        var means = stack(classes.Select(c => features.index_select(0, clean.Labels.eq(c).nonzero().flatten()).mean([0L])));
        var own = means.index_select(0, tensor(clean.Labels.data<long>().Select(y => (long)Array.IndexOf(classes, y)).ToArray()));
        var centered = features - own;
        var covariance = centered.t().matmul(centered) / features.shape[0];
        var floor = (Shrinkage * covariance.diagonal().mean()) + 1e-12;
        var precision = linalg.inv(covariance + (floor * eye(features.shape[1], dtype: ScalarType.Float64)));

        var (m, p) = (means.to_type(ScalarType.Float32), precision.to_type(ScalarType.Float32));
        return new FittedDetector(
            inputs =>
            {
                var away = network.Features(inputs).unsqueeze(1) - m;                       // [N, C, F]
                return (away.matmul(p) * away).sum(dim: 2).amin([1L]);
            },
            m, p);
    }
}
