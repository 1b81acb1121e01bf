using System.Diagnostics;
using Adamant.Serialization;
using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Runs attacks on texts and judges them: no attack can overstep its threat or claim a win that it did not have.</summary>
public static class TextHarness
{
    /// <summary>Attacks every text, measures what comes back, asks the victim about the strings again and counts.</summary>
    /// <param name="attack">The attack.</param>
    /// <param name="victim">The model, with all its defenses.</param>
    /// <param name="texts">Each with at least one word.</param>
    /// <param name="labels">The true classes, shape <c>[N]</c>, <c>Int64</c>.</param>
    /// <param name="threat">What is allowed and what is wanted.</param>
    /// <param name="run">Seed and progress; the defaults of <see cref="Run"/> when null.</param>
    /// <param name="batchSize">Texts per call of the attack.</param>
    /// <param name="cancellation">Stops the attack before its next query.</param>
    /// <remarks>
    /// A proposal that is outside of the edits or has no word counts as none, and the original stands in its place; so do all of a batch where the attack returns more
    /// or fewer texts than it got. The harness's own predictions are not counted in the result; a budget that the caller has put on the victim counts them: 2 per
    /// text, and 1 for the number of classes.
    /// </remarks>
    /// <exception cref="ArgumentException">The texts, the labels or the targets do not fit the victim.</exception>
    /// <exception cref="QueryBudgetException">The victim has a budget, and it is used up.</exception>
    public static TextEvasionResult Against<TVictim>(
        this ITextEvasion<TVictim> attack, TVictim victim, IReadOnlyList<string> texts, Tensor labels, TextThreat threat,
        Run? run = null, int batchSize = Harness.BatchSize, CancellationToken cancellation = default)
        where TVictim : class, ITextClassifier
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        string[] originals = [.. texts];
        Check(victim, originals, labels, threat);
        run ??= new Run();

        var meter = new Meter();
        var metered = ((ITextClassifier)victim).Metered(meter) as TVictim ?? throw new ArgumentException(
            $"Expected the victim as {nameof(ITextClassifier)}, {nameof(ITextScoring)} or {nameof(ITextDifferentiable)}, got {typeof(TVictim).Name}. Declare it as one of these.", nameof(victim));
        var adversarials = new List<string>(originals.Length);
        var tally = new Tally();
        var warnings = new Dictionary<string, AttackWarning>();
        var clock = new Stopwatch();
        for (int start = 0, batch = 0; start < originals.Length; start += batchSize, batch++)
        {
            using var inner = NewDisposeScope();
            var count = Math.Min(batchSize, originals.Length - start);
            var (part, truth) = (originals[start..(start + count)], labels.narrow(0, start, count));

            var ledger = new QueryLedger(count);
            var circumstances = run.Fork(batch) with { Ledger = ledger, Warn = warning => warnings.TryAdd(warning.Code, warning) };
            clock.Start();
            var proposals = attack.Perturb(metered, [.. part], truth.clone(), threat.Slice(start, count), circumstances, cancellation);
            clock.Stop();
            var judged = threat.Confine(proposals, part);
            adversarials.AddRange(judged);

            double[] sizes = [.. part.Zip(judged, (original, moved) => (double)threat.Edits.Measure(original, moved))];
            tally.Add(truth, victim.Predict(part), victim.Predict(judged), threat.Slice(start, count).Target, sizes, ledger);
        }
        return new TextEvasionResult
        {
            Attack = InvariantText.Of(() => attack.ToString()!),
            Threat = threat,
            Samples = tally.Samples,
            Originals = originals,
            Adversarials = adversarials,
            Success = tally.Success,
            Warnings = [.. warnings.Values],
            Forwards = meter.Forwards,
            Gradients = meter.Gradients,
            Elapsed = clock.Elapsed,
        };
    }

    /// <summary>Refuses what does not fit together before any time is spent on an attack.</summary>
    private static void Check(ITextClassifier victim, string[] texts, Tensor labels, TextThreat threat)
    {
        if (texts.Length == 0) throw new ArgumentException("Expected at least one text to attack, got none.", nameof(texts));
        if (Array.FindIndex(texts, t => !Words.Any(t)) is >= 0 and var row)
            throw new ArgumentException($"Expected a text with at least one word, got an empty one at position {row}. Leave it out.", nameof(texts));
        var classes = victim is ITextScoring scoring ? scoring.Logits(texts[..1]).shape[1] : long.MaxValue;
        Harness.CheckClasses(labels, texts.Length, classes, "label", nameof(labels));
        if (threat.Target is not null) Harness.CheckClasses(threat.Target, texts.Length, classes, "target", nameof(threat));
    }
}
