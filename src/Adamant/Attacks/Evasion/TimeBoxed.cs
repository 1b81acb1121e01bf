using Adamant.Data;
using Adamant.Serialization;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Runs attacks until the time is up: the best upper bound of the robust accuracy that the time allows.</summary>
public static class TimeBoxed
{
    /// <summary>
    /// Attacks take turns on the samples that still stand, the first of them on all samples before the second on any; the harness judges each batch.
    /// </summary>
    /// <param name="box">The time.</param>
    /// <param name="attacks">By short name, in the order of their turn; cheap ones first. At least one.</param>
    /// <param name="victim">The model, with all its defenses.</param>
    /// <param name="data">The samples and their true classes.</param>
    /// <param name="threat">What is allowed and what is wanted.</param>
    /// <param name="run">Seed and progress; the defaults of <see cref="Run"/> when null.</param>
    /// <param name="batchSize">Samples per call of an attack: what is lost at the most when the time is up in the middle of one.</param>
    /// <param name="cancellation">Stops within one step of an attack, without a result.</param>
    /// <returns>Samples that no attack came to are as they were and count as robust; <see cref="Judgment.NotRun"/> says how many.</returns>
    /// <exception cref="ArgumentException">No attack, or what <see cref="Harness.Against"/> refuses.</exception>
    public static EvasionResult Against<TVictim>(
        this TimeBox box, IReadOnlyList<(string Name, IEvasion<TVictim> Attack)> attacks, TVictim victim, Batch data, Threat threat,
        Run? run = null, int batchSize = Harness.BatchSize, CancellationToken cancellation = default)
        where TVictim : class, IClassifier
    {
        ArgumentNullException.ThrowIfNull(box);
        ArgumentNullException.ThrowIfNull(attacks);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (attacks.Count == 0) throw new ArgumentException("Expected at least one attack, got none.", nameof(attacks));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        run = (run ?? new Run()) with { Checkpoint = null };

        var clean = new Untouched<TVictim>().Against(victim, data, threat, run, batchSize, cancellation);      // refuses what does not fit, before any time is spent
        var samples = clean.Samples.ToArray();
        var adversarials = clean.Adversarials;
        var targets = threat.Target?.data<long>().ToArray();
        bool[] stands = [.. samples.Select((s, i) => targets is null ? s.IsRobust : s.Adversarial != targets[i])];
        var tries = stands.LongCount(s => s);
        var (forwards, gradients, elapsed, part) = (0L, 0L, TimeSpan.Zero, 0);
        var warnings = new Dictionary<string, AttackWarning>();

        var left = new TimedTurns([.. attacks.Select(a => a.Name)], box, batchSize).Run(stands, Attack, cancellation);
        return new EvasionResult
        {
            Attack = InvariantText.Of(() => attacks.Count == 1 ? attacks[0].Attack.ToString()! : new WorstOf<TVictim>([.. attacks.Select(a => a.Attack)]).ToString()),
            Threat = threat,
            Samples = samples,
            Adversarials = adversarials.MoveToOuterDisposeScope(),
            Success = new Proportion(tries - stands.LongCount(s => s), tries),
            Warnings = [.. warnings.Values],
            NotRun = left,
            Forwards = forwards,
            Gradients = gradients,
            Elapsed = elapsed,
        };

        bool[] Attack(int turn, long[] rows, CancellationToken either)
        {
            using var inner = NewDisposeScope();
            var (indices, attack) = (tensor(rows), attacks[turn].Attack);
            var batch = new Batch(data.Inputs.index_select(0, indices), data.Labels.index_select(0, indices));
            var result = attack.Against(victim, batch, threat.Select(indices), run.Fork(part++), batchSize, either);
            adversarials.index_copy_(0, indices, result.Adversarials);
            var text = attacks.Count > 1 ? InvariantText.Of(() => attack.ToString()!) : null;
            for (var i = 0; i < rows.Length; i++) samples[rows[i]] = result.Samples[i] with { Attack = result.Samples[i].Attack ?? text };
            foreach (var warning in result.Warnings) warnings.TryAdd(warning.Code, warning);
            (forwards, gradients, elapsed) = (forwards + result.Forwards, gradients + result.Gradients, elapsed + result.Elapsed);
            return [.. rows.Select(row => targets is null ? samples[row].IsRobust : samples[row].Adversarial != targets[row])];
        }
    }

    /// <summary>Proposes the samples as they are.</summary>
    private sealed record Untouched<TVictim> : IEvasion<TVictim>
        where TVictim : IClassifier
    {
        public Tensor Perturb(TVictim victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) => inputs.alias();
    }
}
