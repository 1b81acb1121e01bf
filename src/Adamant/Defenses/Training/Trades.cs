using Adamant.Attacks;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Defenses.Training;

/// <summary>
/// Trades accuracy for robustness by one number: right answers on the samples, and the same answers around them.
/// <code>L = ℓ(f(x), y) + β · max_{x′ ∈ ball} KL(softmax f(x) ‖ softmax f(x′))</code>
/// </summary>
/// <remarks>
/// The inner maximum is found by steps up the divergence from x + 0.001 · N(0, I), with no label involved. Often a little more robust than
/// <see cref="PgdTraining"/> at the same clean accuracy; β moves the point of the trade. Cost: about (2 + steps) times a plain step. The attack sees the network in evaluation
/// mode, as the authors' code does.
/// Source: Zhang, Yu, Jiao, Xing, El Ghaoui, Jordan, "Theoretically Principled Trade-off between Robustness and Accuracy", ICML 2019, arXiv:1901.08573, §3.2,
/// Algorithm 1.
/// </remarks>
/// <param name="Ball">What the examples may move; the paper's is <see cref="Linf"/>.</param>
public sealed record Trades(Ball Ball) : IObjective
{
    /// <summary>β, the weight of equal answers (1/λ in the paper), at least 0; 6 by default, the paper's on CIFAR-10, and 1 on MNIST.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public double Beta
    {
        get;
        init => field = value is >= 0 and < double.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(nameof(Beta), value, "Expected a finite weight of at least 0.");
    } = 6;

    /// <summary>Steps of the inner maximum, at least 1; 10 by default (40 on MNIST in the paper).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Expected at least 1 step.");
    } = 10;

    /// <summary>α as a multiple of ε, above 0; 0.25 by default, the paper's on CIFAR-10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double RelativeStep
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(RelativeStep), value, "Expected a finite step above 0.");
    } = 0.25;

    /// <inheritdoc/>
    public Tensor Loss(Network network, Batch batch, TrainingStep step)
    {
        using var scope = NewDisposeScope();
        var moved = Moved(network, batch, step);
        var (clean, attacked) = (network.call(batch.Inputs), network.call(moved));
        return (step.Criterion(clean, batch.Labels) + (Beta * Divergence.Kl(clean, attacked).mean())).MoveToOuterDisposeScope();
    }

    private Tensor Moved(Network network, Batch batch, TrainingStep step)
    {
        Crafting.CheckClasses(batch);
        step.Cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var victim = network.AsVictim();
        var answers = victim.Logits(batch.Inputs);
        return Crafting.Climbed(network, batch, Ball, step, Steps, RelativeStep, z => Divergence.Kl(answers, z)).MoveToOuterDisposeScope();
    }
}
