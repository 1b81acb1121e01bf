using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Certification.Training;

/// <summary>
/// Adversarial training of the smoothed classifier: attacks its mean probability under a few noises, and trains on what that finds under the same noises.
/// <code>δ ≈ argmin_{δ ∈ ball} ln 1/m Σᵢ softmax f(clamp(x + δ + nᵢ))_y;   L = 1/m Σᵢ ℓ(f(clamp(x + δ + nᵢ)), y)</code>
/// </summary>
/// <remarks>
/// Proves larger radii than <see cref="GaussianNoiseTraining"/> for some accuracy near 0. Cost: m · (1 + steps) plain steps.
/// Source: Salman et al., "Provably Robust Deep Learning via Adversarially Trained Smoothed Classifiers", NeurIPS 2019, arXiv:1906.04584, §3.2.
/// </remarks>
/// <param name="Sigma">σ in the units of the inputs, above 0: the one that will be smoothed with.</param>
/// <param name="Ball">What the examples may move; the paper's is <see cref="L2"/>.</param>
public sealed record SmoothAdv(double Sigma, Ball Ball) : IObjective
{
    /// <summary>σ in the units of the inputs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public double Sigma { get; init => field = Noise.Checked(value); } = Noise.Checked(Sigma);

    /// <summary>m, the noises of each sample; at least 1, 2 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Draws { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Draws), value, "Expected at least 1 draw."); } = 2;

    /// <summary>The attack of each step; by default PGD with 4 steps of 2.5 · ε / 4 from a random start.</summary>
    public Pgd Attack { get; init; } = new() { Steps = 4 };

    /// <inheritdoc/>
    public Tensor Loss(Network network, Batch batch, TrainingStep step)
    {
        if (batch.Labels.dtype != ScalarType.Int64)
            throw new ArgumentException($"Expected class numbers of type Int64 for adversarial training, got {batch.Labels.dtype}. Train a regression with {nameof(PlainObjective)}.", nameof(batch));
        using var scope = NewDisposeScope();
        using var victim = network.AsVictim();
        using var smoothed = new SmoothedVictim(victim, Sigma) { Draws = Draws, Seed = step.Seed };
        var attacked = Attack.Perturb(smoothed, batch.Inputs, batch.Labels, new Threat(Ball), new Run { Seed = step.Seed }.Fork(1), step.Cancellation);
        var noisy = SmoothedVictim.Noisy(attacked, Sigma, Draws, step.Seed, network.Input);
        return step.Criterion(network.call(noisy), batch.Labels.repeat(Draws)).MoveToOuterDisposeScope();
    }
}
