using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Several attacks, one after another, each on the samples that still stand: per sample the first success counts.</summary>
/// <remarks>
/// An ensemble is only as strong as its strongest member on each sample; mix attacks of different kinds. Cost: the sum over the attacks, less the
/// samples that fall early.
/// Source: Croce, Hein, "Reliable Evaluation of Adversarial Robustness with an Ensemble of Diverse Parameter-free Attacks", ICML 2020, arXiv:2003.01690, §5.
/// </remarks>
/// <param name="Attacks">In the order of their turn; cheap ones first.</param>
public sealed record WorstOf<TVictim>(params IReadOnlyList<IEvasion<TVictim>> Attacks) : IEvasion<TVictim>
    where TVictim : IClassifier
{
    /// <inheritdoc/>
    public Tensor Perturb(TVictim victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var worst = inputs.detach().clone();
        for (var i = 0; i < Attacks.Count; i++)
        {
            using var inner = NewDisposeScope();
            var standing = Standing(victim, worst, labels, threat);
            if (standing.shape[0] == 0) break;
            var partThreat = threat.Target is null ? threat : threat with { Target = threat.Target.index_select(0, standing) };
            var moved = Attacks[i].Perturb(
                victim, inputs.index_select(0, standing), labels.index_select(0, standing), partThreat, run.Fork(i), cancellation);
            worst.index_copy_(0, standing, moved);
        }
        return worst.MoveToOuterDisposeScope();
    }

    /// <summary>The numbers of the samples where the attacker does not yet have what is wanted.</summary>
    private static Tensor Standing(TVictim victim, Tensor inputs, Tensor labels, Threat threat)
    {
        using var scope = NewDisposeScope();
        var predicted = victim.Predict(inputs);
        var stands = threat.Target is null ? predicted.eq(labels) : predicted.ne(threat.Target);
        return stands.nonzero().flatten().MoveToOuterDisposeScope();
    }

    /// <summary>For people: <c>WorstOf(a, b)</c>.</summary>
    public override string ToString() => $"WorstOf({string.Join(", ", Attacks)})";
}
