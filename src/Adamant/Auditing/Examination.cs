using Adamant.Attacks.Evasion;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Auditing;

/// <summary>Collects what the attacks of an audit leave of one model, be its samples tensors or texts.</summary>
/// <param name="plan">Checked.</param>
/// <param name="count">The number of samples.</param>
/// <param name="classes">The number of classes.</param>
/// <param name="unit">The norm, or the unit of the edits.</param>
/// <param name="size">The main ε, or share of edits.</param>
internal sealed class Examination(AuditScope plan, long count, int classes, string unit, double size)
{
    private readonly List<AttackFinding> findings = [];
    private readonly List<SecurityCurve> curves = [];
    private readonly bool[] fallen = new bool[count];
    private readonly long curveCount = Math.Min(plan.CurveSamples, count);
    private IReadOnlyList<AdversarialExample> examples = [];
    private Proportion clean;
    private double done;

    /// <summary>Multiples of the size for the curves.</summary>
    public IReadOnlyList<double> CurveAt { get; init; } = plan.CurveAt;

    /// <summary>Samples that the model got right, those that fell first, in the order of the data.</summary>
    public static IEnumerable<int> Chosen(Judgment result, int most) => result.Samples.Select((sample, index) => (sample, index))
        .Where(s => s.sample.IsCorrect).OrderBy(s => s.sample.IsRobust).Take(most).Select(s => s.index);

    /// <summary>Runs one attack at the main size, and along the curve.</summary>
    /// <param name="name">The attack's.</param>
    /// <param name="attack">Attacks so many samples, from the first, at a size.</param>
    /// <param name="show">Makes the examples of the main run.</param>
    /// <param name="refusal">Why its score is not to be believed; null when it is.</param>
    public void Add<TResult>(string name, Func<long, double, TResult> attack, Func<TResult, IReadOnlyList<AdversarialExample>> show, string? refusal = null)
        where TResult : Judgment
    {
        using var scope = NewDisposeScope();
        var main = Attack(count, size);
        clean = main.CleanAccuracy;
        for (var i = 0; i < fallen.Length; i++) fallen[i] |= !main.Samples[i].IsRobust;
        findings.Add(Finding(name, main) with { Refusal = refusal });
        examples = show(main);                                  // the last attack's: the strongest comes last

        var seen = main.Samples.Take((int)curveCount).ToList();
        var points = new List<SecurityPoint> { new(0, Share(seen, s => s.IsCorrect)) };
        foreach (var at in CurveAt)
        {
            using var inner = NewDisposeScope();
            points.Add(new SecurityPoint(at * size, Share(at == 1 ? seen : Attack(curveCount, at * size).Samples, s => s.IsRobust)));     // at 1, a part of the main run
        }
        curves.Add(new SecurityCurve(name, unit, points));

        TResult Attack(long samples, double at)
        {
            var work = (double)plan.Names.Count * (count + (curveCount * CurveAt.Count(c => c != 1)));
            plan.Progress?.Invoke(done / work, $"{name} at ε = {at:0.####}");
            done += samples;
            return attack(samples, at);
        }
    }

    /// <summary>All findings.</summary>
    public AuditedModel Conclude(string name, ModelCard card, long parameterCount)
    {
        plan.Progress?.Invoke(1, "done");
        return new AuditedModel
        {
            Name = name,
            Card = card,
            ParameterCount = parameterCount,
            CleanAccuracy = clean,
            WorstCase = new Proportion(fallen.Count(f => !f), fallen.Length),
            Attacks = findings,
            Curves = curves,
            Examples = examples,
        };
    }

    private AttackFinding Finding(string name, Judgment result) => new()
    {
        Name = name,
        Parameters = result.Attack,
        RobustAccuracy = result.RobustAccuracy,
        Success = result.Success,
        PerClass = [.. Enumerable.Range(0, classes).Select(c => Share(result.Samples.Where(s => s.Label == c), s => s.IsRobust))],
        MaxPerturbation = result.MaxPerturbation,
        Forwards = result.Forwards,
        Gradients = result.Gradients,
        Seconds = result.Elapsed.TotalSeconds,
    };

    private static Proportion Share(IEnumerable<SampleOutcome> samples, Func<SampleOutcome, bool> counts)
    {
        long hits = 0, all = 0;
        foreach (var sample in samples)
        {
            all++;
            if (counts(sample)) hits++;
        }
        return new Proportion(hits, all);
    }
}
