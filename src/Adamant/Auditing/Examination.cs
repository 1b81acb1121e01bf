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
    private readonly List<NotRun> notRun = [];
    private readonly List<IReadOnlyList<SampleOutcome>> mains = [];
    private readonly long curveCount = Math.Min(plan.CurveSamples, count);
    private IReadOnlyList<AdversarialExample> examples = [];
    private double announced;

    /// <summary>Multiples of the size for the curves.</summary>
    public IReadOnlyList<double> CurveAt { get; init; } = plan.CurveAt;

    /// <summary>Whether moves are measured in the unit of the size.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>Samples that the model got right, those that fell first, in the order of the data.</summary>
    public static IEnumerable<int> Chosen(Judgment result, int most) => result.Samples.Select((sample, index) => (sample, index))
        .Where(s => s.sample.IsCorrect).OrderBy(s => s.sample.IsRobust).Take(most).Select(s => s.index);

    /// <summary>Runs one attack at the main size.</summary>
    /// <param name="name">The attack's.</param>
    /// <param name="attack">Attacks so many samples, from the first, at a size.</param>
    /// <param name="show">Makes the examples of the run, and keeps what is to be kept of it.</param>
    /// <param name="selfTest">Why the score is not to be believed, and whether that was examined; null for attacks on texts.</param>
    public void Add<TResult>(string name, Func<long, double, TResult> attack, Func<TResult, IReadOnlyList<AdversarialExample>> show, (string? Refusal, bool IsExamined)? selfTest = null)
        where TResult : Judgment
    {
        using var scope = NewDisposeScope();
        Announce(name, size, count);
        var main = attack(count, size);
        mains.Add(main.Samples);
        notRun.AddRange(main.NotRun);
        findings.Add(Finding(name, main) with { Refusal = selfTest?.Refusal, IsExamined = selfTest?.IsExamined ?? true });
        examples = show(main);                                  // the last attack's: the strongest comes last
    }

    /// <summary>Runs the attacks along the curves, in the order in which they were added.</summary>
    /// <param name="number">The attack's, from 0.</param>
    /// <param name="attack">As for <see cref="Add"/>.</param>
    /// <param name="widest">The size of a run that finds how near the nearest sample is that fools, and so the whole curve; null for a run at each size.</param>
    /// <param name="isUp">Whether the time is up.</param>
    public void AddCurve<TResult>(int number, Func<long, double, TResult> attack, double? widest, Func<bool> isUp)
        where TResult : Judgment
    {
        var name = findings[number].Name;
        var trace = new Trace([.. mains[number].Take((int)curveCount)]);
        trace.Add(mains[number], size, IsMeasured);
        var done = true;
        List<double> points = notRun.Any(n => n.Attack == name) ? [0] : [0, size];
        foreach (var at in widest is { } all ? [all] : CurveAt.Where(c => c != 1).Select(c => c * size))     // at 1, a part of the main run
        {
            using var scope = NewDisposeScope();
            Announce(name, at, curveCount);
            var result = isUp() ? null : attack(curveCount, at);
            if (result is not null) trace.Add(result.Samples, at, IsMeasured);     // what fell counts, even where the time was up in the middle
            if (result is { NotRun.Count: 0 }) points.Add(at);
            else done = false;
        }
        double[] sizes = [0, .. CurveAt.Select(c => c * size)];
        bool IsDone(double s) => points.Contains(s) || (widest is not null && done);
        curves.Add(new SecurityCurve(name, unit, [.. sizes.Where(IsDone).Select(s => new SecurityPoint(s, trace.At(s)))]) { LeftOut = [.. sizes.Where(s => !IsDone(s))] });
        if (widest is not null && done) findings[number] = findings[number] with { MedianDistance = trace.Median };
    }

    /// <summary>All findings.</summary>
    public AuditedModel Conclude(string name, ModelCard card, long parameterCount)
    {
        plan.Progress?.Invoke(1, "done");
        var worst = mains[0].Select((sample, i) => (sample.Label, Holds: mains.All(m => m[i].IsRobust))).ToList();
        return new AuditedModel
        {
            Name = name,
            Card = card,
            ParameterCount = parameterCount,
            CleanAccuracy = Share(mains[0], s => s.IsCorrect),
            WorstCase = Share(worst, s => s.Holds),
            WorstCasePerClass = [.. Enumerable.Range(0, classes).Select(c => Share(worst.Where(s => s.Label == c), s => s.Holds))],
            Attacks = findings,
            Curves = curves,
            Examples = examples,
            NotRun = notRun,
        };
    }

    private void Announce(string name, double at, long samples)
    {
        var work = (double)plan.Names.Count * (count + (curveCount * CurveAt.Count(c => c != 1)));
        plan.Progress?.Invoke(Math.Min(1, announced / work), $"{name} at ε = {at:0.####}");
        announced += samples;
    }

    private AttackFinding Finding(string name, Judgment result) => new()
    {
        Name = name,
        Parameters = result.Attack,
        RobustAccuracy = result.RobustAccuracy,
        Success = result.Success,
        PerClass = [.. Enumerable.Range(0, classes).Select(c => Share(result.Samples.Where(s => s.Label == c), s => s.IsRobust))],
        MedianQueries = result.MedianQueries,
        Warnings = result.Warnings,
        MaxPerturbation = result.MaxPerturbation,
        Forwards = result.Forwards,
        Gradients = result.Gradients,
        Seconds = result.Elapsed.TotalSeconds,
    };

    private static Proportion Share<T>(IEnumerable<T> samples, Func<T, bool> counts)
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
