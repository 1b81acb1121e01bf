using System.Diagnostics;
using Adamant.Data;
using Adamant.Training;
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
    /// <param name="run">Seed, progress, log; the defaults of <see cref="Run"/> when null.</param>
    /// <param name="batchSize">Samples per call of the attack.</param>
    /// <param name="cancellation">Stops within one step of the attack.</param>
    /// <exception cref="ArgumentException">The threat or the samples do not fit the victim, or the attack returned another shape.</exception>
    public static EvasionResult Against<TVictim>(
        this IEvasion<TVictim> attack, TVictim victim, Batch data, Threat threat,
        Run? run = null, int batchSize = BatchSize, CancellationToken cancellation = default)
        where TVictim : class, IClassifier
    {
        if (data.Count == 0) throw new ArgumentException("Expected at least one sample to attack, got none.", nameof(data));
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        threat.Check(victim.Input);
        run ??= new Run();

        using var scope = NewDisposeScope();
        var meter = new Meter();
        var metered = ((IClassifier)victim).Metered(meter) as TVictim ?? throw new ArgumentException(
            $"Expected the victim as {nameof(IClassifier)}, {nameof(IScoring)} or {nameof(IDifferentiable)}, got {typeof(TVictim).Name}. Declare it as one of these.", nameof(victim));
        var adversarials = empty_like(data.Inputs);
        var samples = new List<SampleOutcome>((int)data.Count);
        var clock = new Stopwatch();
        long wins = 0, tries = 0;
        for (long start = 0, batch = 0; start < data.Count; start += batchSize, batch++)
        {
            using var inner = NewDisposeScope();
            using var noGrad = no_grad();
            var part = data.Slice(start, Math.Min(batchSize, data.Count - start));
            var partThreat = threat.Slice(start, part.Count);

            clock.Start();
            var proposal = attack.Perturb(metered, part.Inputs, part.Labels, partThreat, run.Fork(batch), cancellation);
            clock.Stop();
            var judged = Enforce(proposal, part.Inputs, threat.Ball, victim.Input);
            adversarials.narrow(0, start, part.Count).copy_(judged);

            var clean = victim.Predict(part.Inputs).data<long>().ToArray();
            var moved = victim.Predict(judged).data<long>().ToArray();
            var labels = part.Labels.data<long>().ToArray();
            var sizes = threat.Ball.Measure(judged - part.Inputs).to_type(ScalarType.Float64).data<double>().ToArray();
            var targets = partThreat.Target?.data<long>().ToArray();
            for (var i = 0; i < labels.Length; i++)
            {
                samples.Add(new SampleOutcome(labels[i], clean[i], moved[i], sizes[i]));
                if (targets is null ? clean[i] != labels[i] : clean[i] == targets[i]) continue;
                tries++;
                if (targets is null ? moved[i] != labels[i] : moved[i] == targets[i]) wins++;
            }
        }
        return new EvasionResult
        {
            Attack = attack.ToString()!,
            Threat = threat,
            Samples = samples,
            Adversarials = adversarials.MoveToOuterDisposeScope(),
            Success = new Proportion(wins, tries),
            Forwards = meter.Forwards,
            Gradients = meter.Gradients,
            Elapsed = clock.Elapsed,
        };
    }

    /// <summary>The nearest legal input to a proposal: inside the ball, inside the range; the original where the proposal is not a number.</summary>
    private static Tensor Enforce(Tensor proposal, Tensor original, Ball ball, InputSpec input)
    {
        if (!proposal.shape.SequenceEqual(original.shape) || proposal.dtype != original.dtype)
        {
            throw new ArgumentException(
                $"Expected the attack to return {original.dtype} [{string.Join(", ", original.shape)}], got {proposal.dtype} [{string.Join(", ", proposal.shape)}].");
        }
        using var scope = NewDisposeScope();
        var delta = where(proposal.isfinite(), proposal - original, zeros_like(original));
        return (original + ball.Project(delta)).clamp(input.Min, input.Max).MoveToOuterDisposeScope();
    }
}
