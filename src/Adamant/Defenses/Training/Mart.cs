using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Defenses.Training;

/// <summary>
/// Misclassification-aware training: attacked samples with a boosted loss, and equal answers most where the network is unsure of the sample itself.
/// <code>L = BCE(p(x′), y) + β · KL(p(x) ‖ p(x′)) · (1 − p_y(x));   BCE(p, y) = −ln p_y − ln(1 − max_{k ≠ y} p_k)</code>
/// </summary>
/// <remarks>
/// x′ is found by steps up the cross-entropy from x + 0.001 · N(0, I). Robust accuracy above <see cref="PgdTraining"/> at some cost of clean accuracy; part of its lead
/// under PGD is lost under stronger attacks. Options of the training that change the criterion (smoothing, class weights) change the first term alone. Cost:
/// about (2 + steps) times a plain step.
/// Source: Wang, Zou, Yi, Bailey, Ma, Gu, "Improving Adversarial Robustness Requires Revisiting Misclassified Examples", ICLR 2020 (OpenReview rklOg6EFwS), §3.3.
/// </remarks>
/// <param name="Ball">What the examples may move; the paper's is <see cref="Linf"/>.</param>
public sealed record Mart(Ball Ball) : IObjective
{
    private const double Tiny = 1e-4;                           // keeps the logarithms and their slopes finite

    /// <summary>β, the weight of equal answers (λ in the paper), at least 0; 5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public double Beta
    {
        get;
        init => field = value is >= 0 and < double.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(nameof(Beta), value, "Expected a finite weight of at least 0.");
    } = 5;

    /// <summary>Steps of the attack, at least 1; 10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Expected at least 1 step.");
    } = 10;

    /// <summary>α as a multiple of ε, above 0; 0.25 by default.</summary>
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
        var labels = batch.Labels;
        var moved = Crafting.Climbed(network, batch, Ball, step, Steps, RelativeStep, z => Losses.CrossEntropy(z, labels, null));
        var (clean, attacked) = (network.call(batch.Inputs), network.call(moved));

        var rival = (attacked.softmax(1) - nn.functional.one_hot(labels, attacked.shape[1])).amax([1]);         // the best wrong class: the true one is at most 0
        var boosted = step.Criterion(attacked, labels) - (1 - rival + Tiny).log().mean();
        var unsure = 1 - clean.softmax(1).gather(1, labels.unsqueeze(1)).squeeze(1);
        return (boosted + (Beta * (Divergence.Kl(clean, attacked) * unsure).mean())).MoveToOuterDisposeScope();
    }
}
