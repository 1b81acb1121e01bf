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
    private const double Nearby = 0.001;                        // σ of the start: at the sample itself the divergence has no slope

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

    /// <summary>
    /// The batch after a climb from close by: x₀ = x + 0.001 · n, n ∼ N(0, I), then steps of α up any loss, each brought back into the ball.
    /// </summary>
    /// <param name="network">Seen in evaluation mode.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="ball">What may be moved.</param>
    /// <param name="step">Seed and cancellation.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="size">α as a multiple of ε.</param>
    /// <param name="loss">From the logits of the moved samples to one number per sample.</param>
    public static Tensor Climbed(Network network, Batch batch, Ball ball, TrainingStep step, int steps, double size, Func<Tensor, Tensor> loss)
    {
        CheckClasses(batch);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator((ulong)(uint)step.Seed, CPU);
        using var victim = network.AsVictim();
        var (threat, inputs) = (new Threat(ball), batch.Inputs);
        var x = threat.Place(Nearby * randn(inputs.shape, dtype: inputs.dtype, generator: generator), inputs, victim.Input).clone();
        for (var k = 0; k < steps; k++)
        {
            step.Cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (_, _, gradient) = LossGradient.Of(victim, x, loss);
            x.copy_(threat.Place(x + (size * ball.Radius * ball.Steepest(gradient)) - inputs, inputs, victim.Input));
        }
        return x.MoveToOuterDisposeScope();
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
