using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Several attacks, one after another, each on the samples that still stand: per sample the first success counts.</summary>
/// <remarks>
/// An ensemble is only as strong as its strongest member on each sample; mix attacks of different kinds. What a member proposes outside of the threat is
/// brought back before it is judged, so that a careless member cannot take a sample from an honest one. Cost: the sum over the attacks, less the
/// samples that fall early, and one prediction per attack and standing sample.
/// Source: Croce, Hein, "Reliable Evaluation of Adversarial Robustness with an Ensemble of Diverse Parameter-free Attacks", ICML 2020, arXiv:2003.01690, §5.
/// </remarks>
public sealed record WorstOf<TVictim> : Ensemble<IEvasion<TVictim>>, IEvasion<TVictim>
    where TVictim : IClassifier
{
    /// <summary>Joins attacks into one.</summary>
    /// <param name="attacks">In the order of their turn; cheap ones first. At least one.</param>
    /// <exception cref="ArgumentException">No attack.</exception>
    public WorstOf(params IReadOnlyList<IEvasion<TVictim>> attacks) : base(attacks)
    {
    }

    /// <inheritdoc/>
    public Tensor Perturb(TVictim victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var worst = inputs.detach().clone();
        var standing = arange(inputs.shape[0], ScalarType.Int64);
        for (var i = 0; i < Attacks.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var stands = threat.Select(standing).Stands(victim.Predict(worst.index_select(0, standing)), labels.index_select(0, standing));
            standing = standing.masked_select(stands).MoveToOuterDisposeScope();
            if (standing.shape[0] == 0) break;

            run.Ledger?.Turn(standing, InvariantText.Of(() => Attacks[i].ToString()!));
            var (originals, partThreat) = (inputs.index_select(0, standing), threat.Select(standing));
            var moved = Attacks[i].Perturb(victim, originals.clone(), labels.index_select(0, standing), partThreat, run.Fork(i).Select(standing), cancellation);
            worst.index_copy_(0, standing, partThreat.Confine(moved, originals, victim.Input));
        }
        return worst.MoveToOuterDisposeScope();
    }
}
