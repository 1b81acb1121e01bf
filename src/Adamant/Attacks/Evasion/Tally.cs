using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Counts what became of the samples: one definition of success for tensors and for texts.</summary>
internal sealed class Tally
{
    private readonly List<SampleOutcome> samples = [];
    private long wins, tries;

    public IReadOnlyList<SampleOutcome> Samples => samples;

    /// <summary>Among samples that the victim got right, a wrong class; with a target, the target, among samples that were not there already.</summary>
    public Proportion Success => new(wins, tries);

    /// <summary>Adds one batch; all tensors have shape <c>[N]</c> and type <c>Int64</c>.</summary>
    public void Add(Tensor labels, Tensor clean, Tensor moved, Tensor? target, IReadOnlyList<double> sizes, QueryLedger? ledger = null)
    {
        var (truths, before, after) = (labels.data<long>().ToArray(), clean.data<long>().ToArray(), moved.data<long>().ToArray());
        var targets = target?.data<long>().ToArray();
        for (var i = 0; i < truths.Length; i++)
        {
            samples.Add(new SampleOutcome(truths[i], before[i], after[i], sizes[i]) { Queries = ledger?[i] is > 0 and var asked ? asked : null, Attack = ledger?.Last(i) });
            if (targets is null ? before[i] != truths[i] : before[i] == targets[i]) continue;
            tries++;
            if (targets is null ? after[i] != truths[i] && after[i] != IClassifier.Rejected : after[i] == targets[i]) wins++;
        }
    }
}
