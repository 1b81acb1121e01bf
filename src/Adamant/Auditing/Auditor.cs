using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Auditing;

/// <summary>Attacks a model with everything that the plan holds, and writes down what was left of it.</summary>
public static class Auditor
{
    /// <summary>Audits one model.</summary>
    /// <param name="name">A short name for tables and legends.</param>
    /// <param name="card">What the model is.</param>
    /// <param name="victim">The model with all its defenses.</param>
    /// <param name="parameterCount">The number of trainable numbers.</param>
    /// <param name="data">Labeled samples that the model has not seen in training.</param>
    /// <param name="plan">Attacks, threat, curves.</param>
    /// <param name="cancellation">Stops within one step of an attack.</param>
    /// <exception cref="ArgumentException">The plan is not one, or the data or the threat do not fit the model.</exception>
    public static AuditedModel Examine(
        string name, ModelCard card, IDifferentiable victim, long parameterCount, Batch data, AuditPlan plan, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Check();
        using var scope = NewDisposeScope();
        var findings = new List<AttackFinding>();
        var curves = new List<SecurityCurve>();
        IReadOnlyList<AdversarialExample> examples = [];
        Proportion clean = default;
        var standing = new bool[data.Count];
        Array.Fill(standing, true);

        var curveData = data.Slice(0, Math.Min(plan.CurveSamples, data.Count));
        double[] curveAt = [.. plan.CurveAt.Where(at => at == 1 || at * plan.Ball.Radius <= plan.Ball.Widest(victim.Input))];
        var work = (double)plan.Attacks.Count * (data.Count + curveData.Count * curveAt.Count(at => at != 1));
        var done = 0.0;
        EvasionResult Attack(string name, IEvasion<IDifferentiable> attack, Batch samples, double radius)
        {
            plan.Progress?.Invoke(done / work, $"{name} at ε = {radius:0.####}");
            done += samples.Count;
            var threat = new Threat(plan.Ball with { Radius = radius }).Slice(0, samples.Count);
            return attack.Against(victim, samples, threat, new Run { Seed = plan.Seed }, cancellation: cancellation);
        }

        foreach (var (attackName, attack) in plan.Attacks)
        {
            using var main = Attack(attackName, attack, data, plan.Ball.Radius);
            clean = main.CleanAccuracy;
            for (var i = 0; i < standing.Length; i++) standing[i] &= main.Samples[i].IsRobust;
            findings.Add(Finding(attackName, main, Classes(victim, data)));
            examples = Examples(attackName, victim, data, main, plan.Examples);     // the last attack's: the strongest comes last

            var seen = main.Samples.Take((int)curveData.Count).ToList();
            var points = new List<SecurityPoint> { new(0, Share(seen, s => s.IsCorrect)) };
            foreach (var at in curveAt)
            {
                using var again = at == 1 ? null : Attack(attackName, attack, curveData, at * plan.Ball.Radius);
                points.Add(new SecurityPoint(at * plan.Ball.Radius, Robust(again?.Samples ?? seen)));       // at 1, a part of the main run
            }
            curves.Add(new SecurityCurve(attackName, plan.Ball.Norm, points));
        }
        plan.Progress?.Invoke(1, "done");
        return new AuditedModel
        {
            Name = name,
            Card = card,
            ParameterCount = parameterCount,
            CleanAccuracy = clean,
            WorstCase = new Proportion(standing.Count(s => s), standing.Length),
            Attacks = findings,
            Curves = curves,
            Examples = examples,
        };
    }

    private static int Classes(IDifferentiable victim, Batch data)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return (int)victim.Logits(data.Inputs.narrow(0, 0, 1)).shape[1];
    }

    private static AttackFinding Finding(string name, EvasionResult result, int classes) => new()
    {
        Name = name,
        Parameters = result.Attack,
        RobustAccuracy = result.RobustAccuracy,
        Success = result.Success,
        PerClass = [.. Enumerable.Range(0, classes).Select(c => Robust(result.Samples.Where(s => s.Label == c)))],
        MaxPerturbation = result.MaxPerturbation,
        Forwards = result.Forwards,
        Gradients = result.Gradients,
        Seconds = result.Elapsed.TotalSeconds,
    };

    /// <summary>Samples that the model got right, those that fell first, in the order of the data.</summary>
    private static List<AdversarialExample> Examples(string attack, IDifferentiable victim, Batch data, EvasionResult result, int count)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var chosen = result.Samples.Select((sample, index) => (sample, index))
            .Where(s => s.sample.IsCorrect).OrderBy(s => s.sample.IsRobust).Take(count).ToList();
        var examples = new List<AdversarialExample>();
        foreach (var (sample, index) in chosen)
        {
            var (original, moved) = (data.Inputs.narrow(0, index, 1), result.Adversarials.narrow(0, index, 1));
            examples.Add(new AdversarialExample
            {
                Index = index,
                Attack = attack,
                Label = (int)sample.Label,
                Clean = Say(victim, original),
                Adversarial = Say(victim, moved),
                Shape = original.shape[1..],
                Original = original.contiguous().data<float>().ToArray(),
                Moved = moved.contiguous().data<float>().ToArray(),
            });
        }
        return examples;
    }

    private static Verdict Say(IDifferentiable victim, Tensor input)
    {
        using var scope = NewDisposeScope();
        var (confidence, winner) = victim.Logits(input).softmax(1).max(1);
        return new Verdict((int)winner.item<long>(), confidence.item<float>());
    }

    private static Proportion Robust(IEnumerable<SampleOutcome> samples) => Share(samples, s => s.IsRobust);

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
