using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Defenses.Training;

/// <summary>
/// Noise-FGSM: one step from a start with more noise than the attacker may use, and no projection afterwards.
/// <code>η ∼ U(ball of radius k · ε);   x′ = x + η + α · steepest(∇ₓ ℓ(f(x + η), y)), clamped to the range alone;   L = ℓ(f(x′), y)</code>
/// </summary>
/// <remarks>
/// As cheap as <see cref="FgsmRs"/>, and the noise that nobody cuts off keeps it from catastrophic overfitting at much larger ε; it costs some clean accuracy, since
/// the examples leave the ball. Cost: about twice a plain step.
/// Source: de Jorge et al., "Make Some Noise: Reliable and Efficient Single-Step Adversarial Training", NeurIPS 2022, arXiv:2202.01181, §4.
/// </remarks>
/// <param name="Ball">What the attacker may move; the paper's is <see cref="Linf"/>.</param>
public sealed record NFgsm(Ball Ball) : IObjective
{
    /// <summary>k, the radius of the noise as a multiple of ε, at least 0; 2 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public double RelativeNoise
    {
        get;
        init => field = value is >= 0 and < double.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(RelativeNoise), value, "Expected finite noise of at least 0.");
    } = 2;

    /// <summary>α as a multiple of ε, above 0; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double RelativeStep
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(RelativeStep), value, "Expected a finite step above 0.");
    } = 1;

    /// <inheritdoc/>
    public Tensor Loss(Network network, Batch batch, TrainingStep step)
    {
        using var scope = NewDisposeScope();
        var attacked = Attacked(network, batch, step);
        return step.Criterion(network.call(attacked), batch.Labels).MoveToOuterDisposeScope();
    }

    private Tensor Attacked(Network network, Batch batch, TrainingStep step)
    {
        Crafting.CheckClasses(batch);
        step.Cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator((ulong)(uint)step.Seed, CPU);
        using var victim = new ModuleVictim(network, new InputSpec(network.Input.Shape));       // what is noisy leaves the range
        var noise = (Ball with { Radius = RelativeNoise * Ball.Radius }).Sample(batch.Inputs, generator);
        var noisy = batch.Inputs + noise;
        var (_, gradient) = LossGradient.Of(victim, noisy, batch.Labels);
        return (noisy + (RelativeStep * Ball.Radius * Ball.Steepest(gradient))).clamp_(network.Input.Min, network.Input.Max).MoveToOuterDisposeScope();
    }
}
