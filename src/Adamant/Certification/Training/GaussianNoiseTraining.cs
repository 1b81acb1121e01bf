using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Certification.Training;

/// <summary>
/// Trains on samples with normal noise, new in every step: the base of <see cref="RandomizedSmoothing"/>.
/// <code>L = ℓ(f(clamp(x + n)), y),   n ∼ N(0, σ²)</code>
/// </summary>
/// <remarks>
/// A network that never saw noise is no use under it: smoothed, it abstains or answers a constant. A larger σ proves larger radii and costs accuracy.
/// Cost: that of a plain step.
/// Source: Cohen, Rosenfeld, Kolter, "Certified Adversarial Robustness via Randomized Smoothing", ICML 2019, arXiv:1902.02918, §3.3.
/// </remarks>
/// <param name="Sigma">σ in the units of the inputs, above 0: the one that will be smoothed with.</param>
public sealed record GaussianNoiseTraining(double Sigma) : IObjective
{
    /// <summary>σ in the units of the inputs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public double Sigma { get; init => field = Noise.Checked(value); } = Noise.Checked(Sigma);

    /// <inheritdoc/>
    public Tensor Loss(Network network, Batch batch, TrainingStep step)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)(uint)step.Seed, CPU);
        return step.Criterion(network.call(Noise.On(batch.Inputs, Sigma, network.Input, generator)), batch.Labels).MoveToOuterDisposeScope();
    }
}
