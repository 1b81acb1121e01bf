using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Defenses.Training;

/// <summary>
/// Trains on each batch and on its FGSM examples, half and half, in one concatenated batch: the step that tutorials show.
/// <code>L = ½ · ℓ(f(x), y) + ½ · ℓ(f(x + ε · sign(∇ₓ ℓ)), y)</code>
/// </summary>
/// <remarks>
/// Keeps more clean accuracy than <see cref="FgsmRs"/> and is less robust to <see cref="Pgd"/>. FGSM starts at the sample, so the network can learn to fool
/// that one step alone (catastrophic overfitting): watch it with a <see cref="CatastrophicOverfittingProbe"/>. Cost: about three times a plain step, one
/// attack pass and a pass over twice the samples. The attack sees the network in evaluation mode, as it is served: dropout would make the examples
/// weaker, and batch normalization would count them twice.
/// Source: Goodfellow, Shlens, Szegedy, "Explaining and Harnessing Adversarial Examples", ICLR 2015, arXiv:1412.6572, §6 (with weight ½).
/// </remarks>
/// <param name="Ball">What the examples may move; the paper's is <see cref="Linf"/>.</param>
public sealed record CleanPlusFgsm(Ball Ball) : IObjective
{
    private static readonly Fgsm Attack = new();

    /// <inheritdoc/>
    public Tensor Loss(Network network, Batch batch, TrainingStep step)
    {
        using var scope = NewDisposeScope();
        var attacked = Attack.Attacked(network, batch, Ball, step);
        var (inputs, labels) = (cat([batch.Inputs, attacked]), cat([batch.Labels, batch.Labels]));
        return step.Criterion(network.call(inputs), labels).MoveToOuterDisposeScope();
    }
}
