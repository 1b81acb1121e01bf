using System.Diagnostics;
using Adamant.Data;
using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Runs attacks on victims that forecast a number, and judges them: how much worse can the forecast be made?</summary>
public static class RegressionHarness
{
    /// <summary>Attacks every sample, brings what comes back into the threat, asks the victim again and measures the error.</summary>
    /// <param name="attack">An attack that climbs the natural loss of its labels: <see cref="Fgsm"/>, <see cref="Pgd"/> and what is made of them.</param>
    /// <param name="victim">Gives one number per sample, <c>[N, 1]</c>.</param>
    /// <param name="data">The samples and their true values, <c>Float32 [N]</c>.</param>
    /// <param name="threat">What is allowed; a target holds the values that are wanted, <c>Float32 [N]</c>.</param>
    /// <param name="run">Seed and progress; the defaults of <see cref="Run"/> when null.</param>
    /// <param name="batchSize">Samples per call of the attack.</param>
    /// <param name="cancellation">Stops within one step of the attack.</param>
    /// <remarks>
    /// An attacker may also do nothing: where the moved sample is no better for him, the original stands. So the error never falls, and what is reported is a lower
    /// bound of the worst case. Labels of the type <c>Float32</c> mean regression to an attack; the loss is then the squared error.
    /// </remarks>
    /// <exception cref="ArgumentException">The threat, the samples or the labels do not fit the victim, or the attack returned another shape.</exception>
    public static RegressionResult AgainstForecasts(
        this IEvasion<IDifferentiable> attack, IDifferentiable victim, Batch data, Threat threat,
        Run? run = null, int batchSize = Harness.BatchSize, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Check(victim, data, threat);
        run ??= new Run();

        var meter = new Meter();
        var metered = victim.Metered(meter);
        var adversarials = empty_like(data.Inputs);
        var (samples, warnings, clock) = (new List<RegressionOutcome>(), new Dictionary<string, AttackWarning>(), new Stopwatch());
        for (long start = 0, batch = 0; start < data.Count; start += batchSize, batch++)
        {
            using var inner = NewDisposeScope();
            var part = data.Slice(start, Math.Min(batchSize, data.Count - start));
            var (inputs, labels) = (part.Inputs.clone(), part.Labels.clone());
            var circumstances = run.Fork(batch) with { Warn = warning => warnings.TryAdd(warning.Code, warning) };
            clock.Start();
            var proposal = attack.Perturb(metered, inputs, labels, threat.Slice(start, part.Count), circumstances, cancellation);
            clock.Stop();
            var allowed = threat.Slice(start, part.Count);
            var moved = allowed.Confine(proposal, part.Inputs, victim.Input);
            var (clean, after) = (Forecasts(victim, part.Inputs), Forecasts(victim, moved));
            var gains = Losses.Natural(after, part.Labels, allowed.Target).gt(Losses.Natural(clean, part.Labels, allowed.Target));
            moved = where(gains.reshape([-1, .. Enumerable.Repeat(1L, (int)moved.dim() - 1)]), moved, part.Inputs);
            adversarials.narrow(0, start, part.Count).copy_(moved);
            Add(samples, part.Labels, clean, where(gains, after, clean), allowed.Ball.Measure(moved - part.Inputs));
        }
        return new RegressionResult
        {
            Attack = InvariantText.Of(() => attack.ToString()!),
            Threat = threat,
            Adversarials = adversarials.MoveToOuterDisposeScope(),
            Samples = samples,
            Warnings = [.. warnings.Values],
            Forwards = meter.Forwards,
            Gradients = meter.Gradients,
            Elapsed = clock.Elapsed,
        };
    }

    private static Tensor Forecasts(IScoring victim, Tensor inputs) => victim.Logits(inputs).reshape(-1);

    private static void Add(List<RegressionOutcome> samples, Tensor labels, Tensor clean, Tensor moved, Tensor sizes)
    {
        var (truths, before, after, size) = (Numbers(labels), Numbers(clean), Numbers(moved), Numbers(sizes));
        for (var i = 0; i < truths.Length; i++) samples.Add(new RegressionOutcome(truths[i], before[i], after[i], size[i]));

        static double[] Numbers(Tensor values) => values.to_type(ScalarType.Float64).data<double>().ToArray();
    }

    private static void Check(IDifferentiable victim, Batch data, Threat threat)
    {
        threat.Check(victim.Input);
        CheckValues(data.Labels, data.Inputs.shape[0], "labels", nameof(data));
        if (threat.Target is not null) CheckValues(threat.Target, data.Count, "targets", nameof(threat));
        if (data.Count == 0) throw new ArgumentException("Expected at least one sample to attack, got none.", nameof(data));
        victim.Input.Check(data.Inputs);
        var outputs = victim.Logits(data.Inputs.narrow(0, 0, 1)).numel();
        if (outputs != 1) throw new ArgumentException($"Expected a victim with one number per sample, got {outputs}: it is a classifier. Use {nameof(Harness.Against)}.", nameof(victim));
    }

    private static void CheckValues(Tensor values, long count, string what, string parameter)
    {
        if (values.dtype == ScalarType.Float32 && values.shape is [var got] && got == count && values.isfinite().all().item<bool>()) return;
        throw new ArgumentException($"Expected {what} Float32 [{count}], one finite number per sample, got {values.dtype} [{string.Join(", ", values.shape)}].", parameter);
    }
}
