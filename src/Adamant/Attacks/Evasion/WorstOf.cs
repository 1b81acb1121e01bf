using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Several attacks, one after another, each on the samples that still stand: per sample the first success counts.</summary>
/// <remarks>
/// An ensemble is only as strong as its strongest member on each sample; mix attacks of different kinds. What a member proposes outside of the threat is
/// brought back before it is judged, so that a careless member cannot take a sample from an honest one. Cost: the sum over the attacks, less the
/// samples that fall early, and one prediction per attack and standing sample. In regression each attack sees all samples, and the largest error counts.
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
    public Tensor Perturb(TVictim victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) =>
        Turns.Take(Attacks, victim, inputs, labels, threat, run, cancellation);
}
