using System.Diagnostics;
using Adamant.Data;
using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Runs attacks and judges them: no attack can overstep its threat or claim a win that it did not have.</summary>
public static class Harness
{
    /// <summary>The default number of samples that are attacked at once: small enough for the cache, large enough for the cores.</summary>
    public const int BatchSize = 128;

    /// <summary>
    /// Attacks every sample, projects what comes back onto the ball, clamps it to the range of the inputs, asks the victim again and counts.
    /// </summary>
    /// <param name="attack">The attack.</param>
    /// <param name="victim">The model, with all its defenses.</param>
    /// <param name="data">The samples and their true classes.</param>
    /// <param name="threat">What is allowed and what is wanted.</param>
    /// <param name="run">Seed and progress; the defaults of <see cref="Run"/> when null.</param>
    /// <param name="batchSize">Samples per call of the attack.</param>
    /// <param name="cancellation">Stops within one step of the attack.</param>
    /// <remarks>
    /// The attack works on copies, so it cannot move the original towards its proposal either. The harness's own predictions are not counted in the
    /// result; a budget that the caller has put on the victim counts them: 2 per sample, and 1 for the number of classes.
    /// </remarks>
    /// <exception cref="ArgumentException">The threat, the samples or the labels do not fit the victim, or the attack returned another shape.</exception>
    /// <exception cref="QueryBudgetException">The victim has a budget, and it is used up.</exception>
    public static EvasionResult Against<TVictim>(
        this IEvasion<TVictim> attack, TVictim victim, Batch data, Threat threat,
        Run? run = null, int batchSize = BatchSize, CancellationToken cancellation = default)
        where TVictim : class, IClassifier
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var scope = NewDisposeScope();
        Check(victim, data, threat);
        run ??= new Run();

        var meter = new Meter();
        var metered = ((IClassifier)victim).Metered(meter) as TVictim ?? throw new ArgumentException(
            $"Expected the victim as {nameof(IClassifier)}, {nameof(IScoring)} or {nameof(IDifferentiable)}, got {typeof(TVictim).Name}. Declare it as one of these.", nameof(victim));
        var adversarials = empty_like(data.Inputs);
        var tally = new Tally();
        var clock = new Stopwatch();
        using var progress = run.Checkpoint?.Open(InvariantText.Of(() => attack.ToString()!), data, threat, run, batchSize, meter, clock);
        var warnings = progress?.Warnings ?? [];
        for (long start = 0, batch = 0; start < data.Count; start += batchSize, batch++)
        {
            using var inner = NewDisposeScope();
            using var noGrad = no_grad();
            var part = data.Slice(start, Math.Min(batchSize, data.Count - start));

            var (inputs, labelsGiven) = (part.Inputs.clone(), part.Labels.clone());
            var ledger = new QueryLedger(part.Count);
            var judged = adversarials.narrow(0, start, part.Count);
            if (progress?.IsDone(batch, start, judged, ledger) is not true)
            {
                progress?.Begin(start, ledger);
                var circumstances = run.Fork(batch) with { Ledger = ledger, Warn = warning => warnings.TryAdd(warning.Code, warning), Progressed = progress };
                clock.Start();
                var proposal = attack.Perturb(metered, inputs, labelsGiven, threat.Slice(start, part.Count), circumstances, cancellation);
                clock.Stop();
                judged.copy_(threat.Slice(start, part.Count).Confine(proposal, part.Inputs, victim.Input));     // the attack may have overwritten its own copy
                progress?.Done(judged);
            }
            var allowed = threat.Slice(start, part.Count);
            if (progress is not null) judged.copy_(allowed.Confine(judged, part.Inputs, victim.Input));     // a saved file may say anything

            tally.Add(
                part.Labels, victim.Predict(part.Inputs), victim.Predict(judged), allowed.Target,
                allowed.Ball.Measure(judged - part.Inputs).to_type(ScalarType.Float64).data<double>().ToArray(),
                ledger);
        }
        return new EvasionResult
        {
            Attack = InvariantText.Of(() => attack.ToString()!),
            Threat = threat,
            Samples = tally.Samples,
            Adversarials = adversarials.MoveToOuterDisposeScope(),
            Success = tally.Success,
            Warnings = [.. warnings.Values],
            Forwards = meter.Forwards,
            Gradients = meter.Gradients,
            Elapsed = progress?.Elapsed ?? clock.Elapsed,
        };
    }

    /// <summary>Refuses what does not fit together before any time is spent on an attack.</summary>
    private static void Check(IClassifier victim, Batch data, Threat threat)
    {
        threat.Check(victim.Input);
        if (data.Labels.shape is not [var count] || data.Inputs.dim() == 0 || data.Inputs.shape[0] != count)
            throw new ArgumentException($"Expected one label per sample, got inputs {Text(data.Inputs)} and labels {Text(data.Labels)}.", nameof(data));
        if (count == 0) throw new ArgumentException("Expected at least one sample to attack, got none.", nameof(data));
        victim.Input.Check(data.Inputs);

        using var noGrad = no_grad();
        var classes = victim is IScoring scoring ? scoring.Logits(data.Inputs.narrow(0, 0, 1)).shape[1] : long.MaxValue;
        CheckClasses(data.Labels, count, classes, "label", nameof(data));
        if (threat.Target is not null) CheckClasses(threat.Target, count, classes, "target", nameof(threat));
    }

    /// <summary>Refuses class numbers of another type or count, or that the victim does not have.</summary>
    internal static void CheckClasses(Tensor classNumbers, long count, long classes, string what, string parameter)
    {
        if (classNumbers.dtype != ScalarType.Int64 || classNumbers.shape is not [var got] || got != count)
            throw new ArgumentException($"Expected {what}s Int64 [{count}], one per sample, got {classNumbers.dtype} {Text(classNumbers)}.", parameter);
        var numbers = classNumbers.data<long>().ToArray();
        var row = Array.FindIndex(numbers, n => n < 0 || n >= classes);
        if (row < 0) return;
        var range = classes == long.MaxValue ? "of at least 0" : $"in 0..{classes - 1}, the classes of the victim";
        throw new ArgumentException($"Expected {what}s {range}, got {numbers[row]} in row {row}. Check that model and data belong together.", parameter);
    }

    private static string Text(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
