using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Auto-PGD towards each of the most probable wrong classes, all of them side by side.
/// <code>L(x, y, t) = −(z_y − z_t) / (z_π₁ − (z_π₃ + z_π₄) / 2),   t = the classes that the clean sample ranks 2nd, 3rd, …</code>
/// </summary>
/// <remarks>
/// The strongest white-box part of <see cref="AutoAttack"/>: a sample that no untargeted climb can move often falls towards one certain class. The climbs of one
/// sample run in one batch, and all of them end with the first success. With a target in the threat there is one climb. The loss needs four classes; with fewer
/// the cross-entropy of the target is climbed, and a warning says so. Cost: <see cref="Targets"/> times that of <see cref="Apgd"/>, in a <see cref="Targets"/>th of the calls.
/// Source: Croce, Hein 2020, arXiv:2003.01690, §4.1, equation 7.
/// </remarks>
public sealed record ApgdTargeted : IEvasion<IDifferentiable>
{
    /// <summary>The number of steps; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Expected at least 1 step.");
    } = 100;

    /// <summary>How many wrong classes are tried; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Targets
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Targets), value, "Expected at least 1 class.");
    } = 9;

    /// <summary>ρ, the share of steps that have to go up; from 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of 0..1.</exception>
    public double Rho
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Rho), value, "Expected a share from 0 to 1.");
    } = 0.75;

    /// <summary>Gradients that are averaged for one step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int EotSteps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(EotSteps), value, "Expected at least 1 gradient per step.");
    } = 1;

    /// <summary>In L1, through the balls of 3 ε and 2 ε first: see <see cref="Apgd.WideStart"/>.</summary>
    public bool WideStart { get; init; }

    /// <inheritdoc/>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (moved, logits, standing) = StandingSamples.Of(victim, inputs, labels, threat, cancellation);
        if (standing.shape[0] == 0) return moved.MoveToOuterDisposeScope();
        var dlr = logits.shape[1] > 3;
        if (!dlr) run.Warn?.Invoke(new AttackWarning("few-classes", $"The targeted DLR loss needs 4 classes and the victim has {logits.shape[1]}: APGD-T climbed the target's cross-entropy instead."));

        var (own, truths) = (threat.Select(standing), labels.index_select(0, standing));
        var plan = new AscentPlan(Steps, Rho, EotSteps, WideStart, dlr ? Losses.Dlr : Losses.CrossEntropy, dlr);
        var reached = plan.Attack(
            victim, inputs.index_select(0, standing), truths, StandingSamples.Aims(logits, truths, own.Target, Targets), own, run, cancellation);
        return moved.index_copy_(0, standing, reached).MoveToOuterDisposeScope();
    }
}
