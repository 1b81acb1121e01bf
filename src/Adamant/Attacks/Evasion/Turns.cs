using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Attacks that take turns on the samples that still stand: what <see cref="WorstOf{TVictim}"/> and <see cref="AutoAttack"/> do.</summary>
internal static class Turns
{
    /// <summary>Runs them; goes on after the last finished one when the run has a checkpoint.</summary>
    /// <param name="attacks">In the order of their turn.</param>
    /// <param name="victim">The model.</param>
    /// <param name="inputs">The samples, <c>[N, …]</c>.</param>
    /// <param name="labels">Their classes, <c>[N]</c>.</param>
    /// <param name="threat">Theirs.</param>
    /// <param name="run">Forked for each attack.</param>
    /// <param name="cancellation">Obeyed before each question.</param>
    /// <param name="standing">
    /// Hears before each attack, and after the last, its number and how many samples stand; null for nobody, which saves the question after the last.
    /// </param>
    /// <returns>The first success of each sample, or what the last attack proposed.</returns>
    public static Tensor Take<TVictim>(
        IReadOnlyList<IEvasion<TVictim>> attacks, TVictim victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation,
        Action<int, long>? standing = null)
        where TVictim : IClassifier
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var worst = inputs.detach().clone();
        var left = arange(inputs.shape[0], ScalarType.Int64);
        var first = 0;
        if (run.Progressed?.Restore(worst) is { } saved)
        {
            (first, left) = saved;
            standing?.Invoke(first - 1, left.shape[0]);
        }
        for (var i = first; i <= attacks.Count; i++)
        {
            if (i == attacks.Count && standing is null) break;
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var stands = threat.Select(left).Stands(victim.Predict(worst.index_select(0, left)), labels.index_select(0, left));
            left = left.masked_select(stands).MoveToOuterDisposeScope();
            standing?.Invoke(i, left.shape[0]);
            if (left.shape[0] == 0 || i == attacks.Count) break;

            run.Ledger?.Turn(left, InvariantText.Of(() => attacks[i].ToString()!));
            var (originals, own) = (inputs.index_select(0, left), threat.Select(left));
            var moved = attacks[i].Perturb(
                victim, originals.clone(), labels.index_select(0, left), own, run.Fork(i).Select(left) with { Progressed = null }, cancellation);
            var legal = own.Confine(moved, originals, victim.Input);
            worst.index_copy_(0, left, labels.is_floating_point() ? Worse(victim, legal, worst, labels, threat.Target) : legal);
            run.Progressed?.Save(i + 1, worst, left);
        }
        return worst.MoveToOuterDisposeScope();
    }

    /// <summary>Numbers have no first success: per sample the larger error counts.</summary>
    private static Tensor Worse(IClassifier victim, Tensor moved, Tensor worst, Tensor labels, Tensor? target)
    {
        if (victim is not IScoring scoring) throw new ArgumentException("Expected a victim that answers with numbers in regression, got one that only names classes.", nameof(victim));
        var gain = Losses.Natural(scoring.Logits(moved), labels, target) - Losses.Natural(scoring.Logits(worst), labels, target);
        return where(gain.gt(0).reshape([-1, .. Enumerable.Repeat(1L, (int)moved.dim() - 1)]), moved, worst);
    }
}
