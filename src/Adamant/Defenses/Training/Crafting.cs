using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Defenses.Training;

/// <summary>Attacks inside of training steps.</summary>
internal static class Crafting
{
    /// <summary>
    /// The batch after an attack on the network as it will be served: in evaluation mode, whatever mode the training is in.
    /// </summary>
    /// <returns>Shape of the batch's inputs, without a gradient.</returns>
    public static Tensor Attacked(this IEvasion<IDifferentiable> attack, Network network, Batch batch, Ball ball, TrainingStep step) =>
        attack.Attacked(network, batch, new Threat(ball), step);

    /// <inheritdoc cref="Attacked(IEvasion{IDifferentiable}, Network, Batch, Ball, TrainingStep)"/>
    public static Tensor Attacked(this IEvasion<IDifferentiable> attack, Network network, Batch batch, Threat threat, TrainingStep step)
    {
        CheckClasses(batch);
        using var victim = network.AsVictim();
        return attack.Perturb(victim, batch.Inputs, batch.Labels, threat, new Run { Seed = step.Seed }, step.Cancellation);
    }

    /// <summary>Refuses labels that are no classes.</summary>
    /// <exception cref="ArgumentException">They are numbers to predict.</exception>
    public static void CheckClasses(Batch batch)
    {
        if (batch.Labels.dtype == ScalarType.Int64) return;
        throw new ArgumentException(
            $"Expected class numbers of type Int64 for adversarial training, got {batch.Labels.dtype}. Train a regression with {nameof(PlainObjective)}.", nameof(batch));
    }
}
