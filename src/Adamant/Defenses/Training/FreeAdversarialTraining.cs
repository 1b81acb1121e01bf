using Adamant.Attacks;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Defenses.Training;

/// <summary>
/// Free adversarial training: each batch is learned several times in a row, and the gradient of each time moves the weights and the attack alike.
/// <code>δ₁ ∼ U(ball);   m times:  L = ℓ(f(x + δ), y),  θ ← θ − η ∇θ L,  δ ← Π(δ + α · steepest(∇δ L))</code>
/// </summary>
/// <remarks>
/// Costs what plain training costs, step for step, as one backward pass gives both gradients; an epoch has m times as many steps, so divide the epochs by m.
/// The attack sees the network as it trains, dropout and all, and each batch for only m steps. δ starts anew for each batch, where the paper's goes on from batch to
/// batch: a resumed training repeats exactly. A large m forgets other batches.
/// Source: Shafahi et al., "Adversarial Training for Free!", NeurIPS 2019, arXiv:1904.12843, Algorithm 1.
/// </remarks>
/// <param name="Ball">What the examples may move; the paper's is <see cref="Linf"/>.</param>
public sealed record FreeAdversarialTraining(Ball Ball) : IObjective
{
    /// <summary>m, how often each batch is learned, at least 1; 8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Replays
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Replays), value, "Expected at least 1 replay.");
    } = 8;

    /// <summary>α as a multiple of ε, above 0; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double RelativeStep
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(RelativeStep), value, "Expected a finite step above 0.");
    } = 1;

    /// <summary>The loss of the first time alone.</summary>
    public Tensor Loss(Network network, Batch batch, TrainingStep step) => Losses(network, batch, step).First();

    /// <inheritdoc/>
    public IEnumerable<Tensor> Losses(Network network, Batch batch, TrainingStep step)
    {
        Crafting.CheckClasses(batch);
        var x = Start(batch.Inputs, network.Input, step.Seed);
        for (var k = 1; ; k++)
        {
            step.Cancellation.ThrowIfCancellationRequested();
            x.requires_grad_();
            yield return step.Criterion(network.call(x), batch.Labels);
            if (k == Replays) yield break;
            x = Climb(x, batch.Inputs, network.Input);
        }
    }

    private Tensor Start(Tensor inputs, InputSpec input, int seed)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator((ulong)(uint)seed, CPU);
        return new Threat(Ball).Place(Ball.Sample(inputs, generator), inputs, input).MoveToOuterDisposeScope();
    }

    /// <summary>One step up the gradient that the backward pass left behind.</summary>
    private Tensor Climb(Tensor x, Tensor inputs, InputSpec input)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var gradient = x.grad ?? throw new InvalidOperationException("Expected a backward pass between two losses of the same batch, got none.");
        var delta = x + (RelativeStep * Ball.Radius * Ball.Steepest(gradient.nan_to_num(0))) - inputs;
        return new Threat(Ball).Place(delta, inputs, input).MoveToOuterDisposeScope();
    }
}
