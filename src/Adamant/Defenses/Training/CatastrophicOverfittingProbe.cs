using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Defenses.Training;

/// <summary>
/// Watches for catastrophic overfitting: after each epoch it measures the accuracy under PGD and under FGSM on a fixed batch, and goes back to the best
/// epoch when only the first collapses.
/// <code>roll back if pgd &lt; best pgd − fall and pgd &lt; fgsm − fall</code>
/// </summary>
/// <remarks>
/// A network that is trained on single steps can learn to fool that one step: its FGSM accuracy stays high or rises while its PGD accuracy falls to
/// nothing, usually within one epoch. A fall of both is not this illness, and is left to early stopping. PGD has its limits too: a network that masks its
/// gradients from PGD passes. Cost per epoch: (1 + PGD steps) passes over the batch with gradients, and 4 without.
/// Source: Wong, Rice, Kolter, "Fast Is Better than Free: Revisiting Adversarial Training", ICLR 2020, arXiv:2001.03994, §5.4.
/// </remarks>
/// <param name="heldOut">Samples that are not trained on, a few hundred; not owned.</param>
/// <param name="ball">What the attacks may move: that of the training.</param>
public sealed class CatastrophicOverfittingProbe(Batch heldOut, Ball ball) : IEpochProbe
{
    /// <summary>The name of the accuracy under PGD among <see cref="ProbeVerdict.Metrics"/>.</summary>
    public const string PgdMetric = "pgd";

    /// <summary>The name of the accuracy under FGSM among <see cref="ProbeVerdict.Metrics"/>.</summary>
    public const string FgsmMetric = "fgsm";

    /// <summary>The attack that single-step training cannot fool easily; PGD with 10 steps by default.</summary>
    public Pgd Attack { get; init; } = new() { Steps = 10 };

    /// <summary>How far PGD accuracy may fall below its best and below FGSM accuracy, as a share; 0.2 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of (0, 1).</exception>
    public double Fall
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(Fall), value, "Expected a share between 0 and 1.");
    } = 0.2;

    /// <inheritdoc/>
    public IReadOnlyList<string> Metrics { get; } = [PgdMetric, FgsmMetric];

    /// <inheritdoc/>
    public ProbeVerdict Look(Network network, IReadOnlyList<EpochReport> history, CancellationToken cancellation)
    {
        using var victim = network.AsVictim();
        var pgd = Accuracy(Attack, victim, cancellation);
        var fgsm = Accuracy(new Fgsm(), victim, cancellation);
        var metrics = new Dictionary<string, double> { [PgdMetric] = pgd, [FgsmMetric] = fgsm };

        var best = history.Where(e => e.Probes.ContainsKey(PgdMetric)).MaxBy(e => e.Probes[PgdMetric]);
        if (best is null || best.Probes[PgdMetric] - pgd <= Fall || fgsm - pgd <= Fall) return new ProbeVerdict(metrics);
        return new ProbeVerdict(
            metrics, best.Epoch,
            $"Catastrophic overfitting: accuracy under PGD fell from {100 * best.Probes[PgdMetric]:0.0} % (epoch {best.Epoch}) to {100 * pgd:0.0} % " +
            $"while under FGSM it is {100 * fgsm:0.0} %.");
    }

    /// <summary>The probe with all that its verdicts depend on: a checkpoint of a training under another one is refused.</summary>
    public override string ToString() => $"{nameof(CatastrophicOverfittingProbe)} {{ Ball = {ball}, Attack = {Attack}, Fall = {Fall}, Samples = {heldOut.Count} }}";

    private double Accuracy(IEvasion<IDifferentiable> attack, IDifferentiable victim, CancellationToken cancellation)
    {
        using var result = attack.Against(victim, heldOut, new Threat(ball), cancellation: cancellation);
        return result.RobustAccuracy.Value;
    }
}
