using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// The standard of robustness evaluation: APGD-CE, APGD-T, FAB-T and Square take turns on the samples that still stand, with the parameters of the reference.
/// <code>standard: APGD-CE (100 steps) → APGD-T (9 targets × 100) → FAB-T (9 targets × 100) → Square (5,000 queries)</code>
/// </summary>
/// <remarks>
/// In L1, APGD-CE starts five times and APGD-T takes five targets, both through wider balls first. The parameters are fixed: a run with others is no AutoAttack, combine the parts with
/// <see cref="WorstOf{TVictim}"/> for that. Its score is an upper bound of robustness, too high for victims that are random, adapt at inference or hide their
/// gradients: warnings say what was seen of that. The targets of a sample run in one batch and fooled samples leave at once, so that large batches are cheap: 128 and more.
/// Cost: at most 101 + 909 + 1,801 + 5,001 forward passes per standing sample, 1,910 of them with gradients.
/// Source: Croce, Hein, "Reliable Evaluation of Adversarial Robustness with an Ensemble of Diverse Parameter-free Attacks", ICML 2020, arXiv:2003.01690, §5.
/// </remarks>
public sealed record AutoAttack : IEvasion<IDifferentiable>
{
    private const double Noticeable = 0.002;

    /// <summary>Which attacks take part.</summary>
    public AutoAttackVersion Version { get; init; } = AutoAttackVersion.Standard;

    /// <summary>Fewer only in tests.</summary>
    internal int Steps { get; init; } = 100;

    /// <summary>Fewer only in tests.</summary>
    internal int Queries { get; init; } = 5000;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The ball is not of Linf, L2 or L1.</exception>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        var stages = Stages(threat.Ball);
        if (run.Warn is not null) AutoAttackChecks.Look(victim, inputs, labels, Version, run.Warn, cancellation);
        long before = 0;
        return Turns.Take(stages, victim, inputs, labels, threat, run with { Progress = Whole(run.Progress, stages.Count) }, cancellation, (stage, standing) =>
        {
            if (stage > 0 && stages[stage - 1] is Square && before - standing > Noticeable * inputs.shape[0])
            {
                run.Warn?.Invoke(new AttackWarning(
                    "square-beats-white-box",
                    $"Square, which sees no gradients, moved {before - standing} samples that the white-box attacks before it could not: the gradients mislead. Add an adaptive attack."));
            }
            before = standing;
        });
    }

    /// <summary>The attacks in their order.</summary>
    internal IReadOnlyList<IEvasion<IDifferentiable>> Stages(Ball ball)
    {
        if (!BoundaryProjection.Knows(ball)) throw new ArgumentException($"AutoAttack is made for balls of Linf, L2 or L1, with factors or without, got {ball.Norm}. Use pgd or square.", nameof(ball));
        var sparse = ball is L1;
        var ce = new Apgd { Steps = Steps, WideStart = sparse && Version == AutoAttackVersion.Standard };
        var dlr = ce with { Loss = ApgdLoss.Dlr };
        var targeted = new ApgdTargeted { Steps = Steps, WideStart = ce.WideStart, Targets = sparse && Version == AutoAttackVersion.Standard ? 5 : 9 };
        var fab = new Fab { Steps = Steps, StopInside = true };
        var square = new Square { Queries = Queries };
        return Version switch
        {
            AutoAttackVersion.Standard => [ce.Repeat(sparse ? 5 : 1), targeted, fab, square],
            AutoAttackVersion.Plus => [ce.Repeat(5), dlr.Repeat(5), fab with { Targeted = false, Restarts = 5 }, square, targeted, fab],
            _ => [ce with { EotSteps = 20 }, dlr with { EotSteps = 20 }],
        };
    }

    /// <summary>The stages' steps as hundredths of stages.</summary>
    private static StageProgress? Whole(IProgress<AttackStep>? progress, int stages) => progress is null ? null : new StageProgress(progress, stages);

    private sealed class StageProgress(IProgress<AttackStep> outer, int stages) : IProgress<AttackStep>
    {
        private int stage = -1;

        public void Report(AttackStep value)
        {
            if (value.Step == 1) stage = Math.Min(stage + 1, stages - 1);
            outer.Report(new AttackStep((100 * stage) + Math.Max(1, 100 * value.Step / value.Steps), 100 * stages, value.Loss));
        }
    }
}
