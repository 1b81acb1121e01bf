using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Auditing;

/// <summary>Attacks a model with everything that the plan holds, and writes down what was left of it.</summary>
public static class Auditor
{
    private const double Far = 100;                             // where inputs have no bounds: so many times the main ε is far enough to look for the border

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
        var refusals = plan.Attacks.ToDictionary(a => a.Name, a => AttackSelfTest.Judge(a.Attack, plan.Ball, cancellation));
        using var box = plan.Budget is { } time ? new TimeBox(time) : null;
        var widest = plan.Ball.Widest(victim.Input) is var across && double.IsFinite(across) ? across : Far * plan.Ball.Radius;
        var examination = new Examination(plan, data.Count, Classes(victim, data), plan.Ball.Norm, plan.Ball.Radius)
        {
            CurveAt = [.. plan.CurveAt.Where(at => at == 1 || at * plan.Ball.Radius <= plan.Ball.Widest(victim.Input))],
            IsMeasured = true,
        };
        foreach (var (attackName, attack) in plan.Attacks)
        {
            examination.Add(attackName, (count, radius) => Run(attackName, attack, count, radius), main =>
            {
                plan.Witness?.Invoke(attackName, main);
                return Examples(attackName, victim, data, main, plan.Examples);
            }, refusals[attackName]);
        }
        foreach (var ((attackName, attack), number) in plan.Attacks.Select((a, i) => (a, i)))
        {
            examination.AddCurve(
                number, (count, radius) => Run(attackName, attack, count, radius), attack is IMinimumNorm<IDifferentiable> ? widest : null, () => box?.IsUp == true);
        }
        return examination.Conclude(name, card, parameterCount);

        EvasionResult Run(string attackName, IEvasion<IDifferentiable> attack, long count, double radius)
        {
            var (samples, threat, run) = (data.Slice(0, count), new Threat(plan.Ball with { Radius = radius }).Slice(0, count), new Run { Seed = plan.Seed });
            return box is null
                ? attack.Against(victim, samples, threat, run, cancellation: cancellation)
                : box.Against([(attackName, attack)], victim, samples, threat, run, cancellation: cancellation);
        }
    }

    /// <summary>Audits one model of texts.</summary>
    /// <param name="name">A short name for tables and legends.</param>
    /// <param name="card">What the model is.</param>
    /// <param name="victim">The model with all its defenses.</param>
    /// <param name="parameterCount">The number of trainable numbers.</param>
    /// <param name="texts">That the model has not seen in training, each with at least one word.</param>
    /// <param name="labels">The true classes, shape <c>[N]</c>, <c>Int64</c>.</param>
    /// <param name="plan">Attacks, threat, curves.</param>
    /// <param name="cancellation">Stops an attack before its next query.</param>
    /// <exception cref="ArgumentException">The plan is not one, or the texts do not fit the model.</exception>
    public static AuditedModel Examine(
        string name, ModelCard card, ITextDifferentiable victim, long parameterCount, IReadOnlyList<string> texts, Tensor labels, TextAuditPlan plan,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(texts);
        plan.Check();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var classes = texts.Count == 0 ? 0 : (int)victim.Logits([texts[0]]).shape[1];
        using var box = plan.Budget is { } time ? new TimeBox(time) : null;
        var examination = new Examination(plan, texts.Count, classes, plan.Edits.Unit, plan.Edits.Share);
        foreach (var (attackName, attack) in plan.Attacks)
        {
            examination.Add(attackName, (count, share) => Run(attackName, attack, count, share), main =>
            {
                plan.Witness?.Invoke(attackName, main);
                return Examples(attackName, victim, main, plan.Examples);
            });
        }
        foreach (var ((attackName, attack), number) in plan.Attacks.Select((a, i) => (a, i)))
            examination.AddCurve(number, (count, share) => Run(attackName, attack, count, share), null, () => box?.IsUp == true);
        return examination.Conclude(name, card, parameterCount);

        TextEvasionResult Run(string attackName, ITextEvasion<ITextDifferentiable> attack, long count, double share)
        {
            string[] part = [.. texts.Take((int)count)];
            var (truth, threat, run) = (labels.narrow(0, 0, count), new TextThreat(plan.Edits with { Share = share }), new Run { Seed = plan.Seed });
            return box is null
                ? attack.Against(victim, part, truth, threat, run, cancellation: cancellation)
                : box.Against([(attackName, attack)], victim, part, truth, threat, run, cancellation: cancellation);
        }
    }

    private static int Classes(IDifferentiable victim, Batch data)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return (int)victim.Logits(data.Inputs.narrow(0, 0, 1)).shape[1];
    }

    private static List<AdversarialExample> Examples(string attack, IDifferentiable victim, Batch data, EvasionResult result, int count)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var examples = new List<AdversarialExample>();
        foreach (var index in Examination.Chosen(result, count))
        {
            var (original, moved) = (data.Inputs.narrow(0, index, 1), result.Adversarials.narrow(0, index, 1));
            examples.Add(new AdversarialExample
            {
                Index = index,
                Attack = attack,
                Label = (int)result.Samples[index].Label,
                Clean = Say(victim.Logits(original)),
                Adversarial = Say(victim.Logits(moved)),
                Shape = original.shape[1..],
                Original = original.contiguous().data<float>().ToArray(),
                Moved = moved.contiguous().data<float>().ToArray(),
            });
        }
        return examples;
    }

    private static List<AdversarialExample> Examples(string attack, ITextDifferentiable victim, TextEvasionResult result, int count)
    {
        using var scope = NewDisposeScope();
        return
        [
            .. Examination.Chosen(result, count).Select(index => new AdversarialExample
            {
                Index = index,
                Attack = attack,
                Label = (int)result.Samples[index].Label,
                Clean = Say(victim.Logits([result.Originals[index]])),
                Adversarial = Say(victim.Logits([result.Adversarials[index]])),
                Shape = [],
                OriginalText = result.Originals[index],
                MovedText = result.Adversarials[index],
            }),
        ];
    }

    private static Verdict Say(Tensor logits)
    {
        using var scope = NewDisposeScope();
        var (confidence, winner) = logits.softmax(1).max(1);
        return new Verdict((int)winner.item<long>(), confidence.item<float>());
    }
}
