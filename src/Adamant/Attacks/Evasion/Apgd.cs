using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Auto-PGD: projected gradient ascent with momentum whose step size halves by itself, from the best point so far, when progress stops.
/// <code>zₖ = Π(xₖ + ηₖ · steepest(∇L(xₖ)));   xₖ₊₁ = Π(xₖ + 0.75 (zₖ − xₖ) + 0.25 (xₖ − xₖ₋₁)),   η₀ = 2 ε</code>
/// </summary>
/// <remarks>
/// Progress is checked after 22 % of the steps, then at intervals that shrink by 3 % of the steps down to 6 %: the step halves where fewer than ρ of the steps
/// went up, or where neither the best loss nor the step size changed since the last check. In L1 the step, ε long, goes to the largest coordinates of the
/// gradient, as many as the best point's sparsity suggests. A sample leaves with its first success.
/// One start may miss: <see cref="Composition.Repeat"/>. Fails where gradients are masked. Cost: <see cref="Steps"/> + 1 forward and backward passes to the
/// inputs per standing sample, times <see cref="EotSteps"/>.
/// Source: Croce, Hein, "Reliable Evaluation of Adversarial Robustness with an Ensemble of Diverse Parameter-free Attacks", ICML 2020, arXiv:2003.01690, §3, §4;
/// L1: Croce, Hein, "Mind the Box: ℓ1-APGD for Sparse Adversarial Attacks on Image Classifiers", ICML 2021, arXiv:2103.01208.
/// </remarks>
public sealed record Apgd : IEvasion<IDifferentiable>
{
    /// <summary>The number of steps; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Expected at least 1 step.");
    } = 100;

    /// <summary>What is climbed.</summary>
    public ApgdLoss Loss { get; init; } = ApgdLoss.Ce;

    /// <summary>ρ, the share of steps that have to go up; from 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of 0..1.</exception>
    public double Rho
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Rho), value, "Expected a share from 0 to 1.");
    } = 0.75;

    /// <summary>Gradients that are averaged for one step: more than 1 for victims that are random (expectation over transformation).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int EotSteps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(EotSteps), value, "Expected at least 1 gradient per step.");
    } = 1;

    /// <summary>In L1, 30 % of the steps in the ball of 3 ε, 30 % in that of 2 ε, and the rest in that of ε; no effect in other norms.</summary>
    public bool WideStart { get; init; }

    /// <inheritdoc/>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (moved, logits, standing) = StandingSamples.Of(victim, inputs, labels, threat, cancellation);
        if (standing.shape[0] == 0) return moved.MoveToOuterDisposeScope();
        var dlr = Loss == ApgdLoss.Dlr && logits.shape[1] > 2;
        if (Loss == ApgdLoss.Dlr && !dlr)
            run.Warn?.Invoke(new AttackWarning("few-classes", $"The DLR loss needs 3 classes and the victim has {logits.shape[1]}: APGD climbed the cross-entropy instead."));
        if (dlr && threat.Target is not null && logits.shape[1] < 4) dlr = false;

        var own = threat.Select(standing);
        var plan = new AscentPlan(Steps, Rho, EotSteps, WideStart, dlr ? Losses.Dlr : Losses.CrossEntropy, dlr);
        var reached = plan.Attack(
            victim, inputs.index_select(0, standing), labels.index_select(0, standing), own.Target?.unsqueeze(0), own, run, cancellation);
        return moved.index_copy_(0, standing, reached).MoveToOuterDisposeScope();
    }
}
