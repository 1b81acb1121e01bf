using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Defenses.Training;

/// <summary>
/// Fast adversarial training: trains on the examples of one large step from a random start.
/// <code>δ ∼ U(ball);   δ ← Π(δ + α · steepest(∇ₓ ℓ(f(x + δ), y)));   L = ℓ(f(x + δ), y)</code>
/// </summary>
/// <remarks>
/// Nearly as robust as <see cref="PgdTraining"/> at a quarter of its cost, until ε or the training grows: then PGD accuracy can fall to nothing within one
/// epoch while FGSM accuracy rises (catastrophic overfitting). Watch it with a <see cref="CatastrophicOverfittingProbe"/>. Cost: about twice a plain step.
/// The attack sees the network in evaluation mode, as it is served; the paper's code attacks in training mode, which is the same without dropout and batch
/// normalization.
/// Source: Wong, Rice, Kolter, "Fast Is Better than Free: Revisiting Adversarial Training", ICLR 2020, arXiv:2001.03994, §4, Algorithm 3.
/// </remarks>
/// <param name="Ball">What the examples may move; the paper's is <see cref="Linf"/>.</param>
public sealed record FgsmRs(Ball Ball) : IObjective
{
    /// <summary>α as a multiple of ε, above 0; 1.25 by default, the paper's choice.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double RelativeStep
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(RelativeStep), value, "Expected a finite step above 0.");
    } = 1.25;

    /// <inheritdoc/>
    public Tensor Loss(Network network, Batch batch, TrainingStep step)
    {
        using var scope = NewDisposeScope();
        return step.Criterion(network.call(Attacked(network, batch, step)), batch.Labels).MoveToOuterDisposeScope();
    }

    /// <summary>The start is not cut to the range of the inputs: where most pixels are black, cutting would take half of the randomness away.</summary>
    private Tensor Attacked(Network network, Batch batch, TrainingStep step)
    {
        Crafting.CheckClasses(batch);
        step.Cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Run { Seed = step.Seed }.Generator();
        using var victim = new ModuleVictim(network, new InputSpec(network.Input.Shape));
        var delta = Ball.Sample(batch.Inputs, generator);
        var (_, gradient) = LossGradient.Of(victim, batch.Inputs + delta, batch.Labels);
        return Ball.Place(delta + (RelativeStep * Ball.Radius * Ball.Steepest(gradient)), batch.Inputs, network.Input).MoveToOuterDisposeScope();
    }
}
