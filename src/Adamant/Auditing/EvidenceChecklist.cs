using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Auditing;

/// <summary>Collects checks, and counts the claims again.</summary>
internal sealed class EvidenceChecklist
{
    private const int Named = 8;
    private readonly List<EvidenceCheck> checks = [];

    public bool Add(string name, bool holds, string detail, params IReadOnlyList<long> samples)
    {
        checks.Add(new EvidenceCheck(name, holds, detail, samples));
        return holds;
    }

    public void Skip(string name, string why) => checks.Add(new EvidenceCheck(name, null, why, []));

    /// <summary>Holds where no sample fails.</summary>
    public bool Rows(string name, IEnumerable<long> failing, string detail)
    {
        long[] rows = [.. failing.Distinct().Order()];
        return Add(name, rows.Length == 0, rows.Length == 0 ? detail : $"{detail}; {rows.Length:N0} samples fail", [.. rows.Take(Named)]);
    }

    /// <summary>Holds where every sample has what is recorded of it.</summary>
    public bool Compare(string name, IReadOnlyList<long> found, IReadOnlyList<EvidenceSample> samples, Func<EvidenceSample, long> recorded) =>
        Rows(name, Enumerable.Range(0, samples.Count).Where(i => found[i] != recorded(samples[i])).Select(i => (long)i), $"{samples.Count:N0} samples");

    /// <summary>Marks what makes no sense any more.</summary>
    public IReadOnlyList<EvidenceCheck> Stop(params IReadOnlyList<string> names)
    {
        foreach (var name in names) Skip(name, "not checked: see what failed above");
        return checks;
    }

    /// <summary>Counts again, from the samples whose predictions were compared.</summary>
    public IReadOnlyList<EvidenceCheck> Count(Evidence evidence, double largest, double tolerance)
    {
        var (clean, robust, wins, tries) = (0L, 0L, 0L, 0L);
        foreach (var sample in evidence.Samples)
        {
            var right = sample.Clean == sample.Label;
            if (right) clean++;
            if (right && (sample.Adversarial == sample.Label || sample.Adversarial == IClassifier.Rejected)) robust++;
            if (sample.Target is { } goal ? sample.Clean == goal : !right) continue;
            tries++;
            if (sample.Target is { } wanted ? sample.Adversarial == wanted : sample.Adversarial != sample.Label && sample.Adversarial != IClassifier.Rejected) wins++;
        }
        var (count, claims) = (evidence.Samples.Count, evidence.Claims);
        Say("clean accuracy", claims.CleanAccuracy, new Proportion(clean, count));
        Say("robust accuracy", claims.RobustAccuracy, new Proportion(robust, count));
        Say("attack success", claims.Success, new Proportion(wins, tries));
        Add("largest move", Math.Abs(claims.MaxDistance - largest) <= tolerance, $"claimed {claims.MaxDistance:0.######}, found {largest:0.######}");
        Rows("attacks", Enumerable.Range(0, count).Where(i => evidence.Samples[i].Attack is { } a && (a < 0 || a >= evidence.Attacks.Count)).Select(i => (long)i), $"{evidence.Attacks.Count} described");
        return checks;

        void Say(string name, Proportion claimed, Proportion found) =>
            Add(name, claimed == found, $"claimed {claimed.Successes} of {claimed.Trials}, counted {found.Successes} of {found.Trials}");
    }
}
