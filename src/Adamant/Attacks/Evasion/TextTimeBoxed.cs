using Adamant.Serialization;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Runs attacks on texts until the time is up; see <see cref="TimeBoxed"/>.</summary>
public static class TextTimeBoxed
{
    /// <summary>Attacks take turns on the texts that still stand, the first of them on all texts before the second on any; the harness judges each batch.</summary>
    /// <param name="box">The time.</param>
    /// <param name="attacks">By short name, in the order of their turn; cheap ones first. At least one.</param>
    /// <param name="victim">The model, with all its defenses.</param>
    /// <param name="texts">Each with at least one word.</param>
    /// <param name="labels">The true classes, shape <c>[N]</c>, <c>Int64</c>.</param>
    /// <param name="threat">What is allowed and what is wanted.</param>
    /// <param name="run">Seed and progress; the defaults of <see cref="Run"/> when null.</param>
    /// <param name="batchSize">Texts per call of an attack.</param>
    /// <param name="cancellation">Stops an attack before its next query, without a result.</param>
    /// <returns>Texts that no attack came to are as they were and count as robust; <see cref="Judgment.NotRun"/> says how many.</returns>
    /// <exception cref="ArgumentException">No attack, or what <see cref="TextHarness.Against"/> refuses.</exception>
    public static TextEvasionResult Against<TVictim>(
        this TimeBox box, IReadOnlyList<(string Name, ITextEvasion<TVictim> Attack)> attacks, TVictim victim, IReadOnlyList<string> texts, Tensor labels, TextThreat threat,
        Run? run = null, int batchSize = Harness.BatchSize, CancellationToken cancellation = default)
        where TVictim : class, ITextClassifier
    {
        ArgumentNullException.ThrowIfNull(box);
        ArgumentNullException.ThrowIfNull(attacks);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (attacks.Count == 0) throw new ArgumentException("Expected at least one attack, got none.", nameof(attacks));
        using var scope = NewDisposeScope();
        run ??= new Run();

        var clean = new Untouched<TVictim>().Against(victim, texts, labels, threat, run, batchSize, cancellation);
        var (samples, moved) = (clean.Samples.ToArray(), clean.Adversarials.ToArray());
        var targets = threat.Target?.data<long>().ToArray();
        bool[] stands = [.. samples.Select((s, i) => targets is null ? s.IsRobust : s.Adversarial != targets[i])];
        var tries = stands.LongCount(s => s);
        var (forwards, gradients, elapsed, part) = (0L, 0L, TimeSpan.Zero, 0);
        var warnings = new Dictionary<string, AttackWarning>();

        var left = new TimedTurns([.. attacks.Select(a => a.Name)], box, batchSize).Run(stands, Attack, cancellation);
        return clean with
        {
            Attack = InvariantText.Of(() => attacks.Count == 1 ? attacks[0].Attack.ToString()! : new WorstOfTexts<TVictim>([.. attacks.Select(a => a.Attack)]).ToString()),
            Samples = samples,
            Adversarials = moved,
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
            var result = attack.Against(
                victim, [.. rows.Select(row => texts[(int)row])], labels.index_select(0, indices), threat.Select(indices), run.Fork(part++), batchSize, either);
            var text = attacks.Count > 1 ? InvariantText.Of(() => attack.ToString()!) : null;
            for (var i = 0; i < rows.Length; i++)
                (samples[rows[i]], moved[rows[i]]) = (result.Samples[i] with { Attack = result.Samples[i].Attack ?? text }, result.Adversarials[i]);
            foreach (var warning in result.Warnings) warnings.TryAdd(warning.Code, warning);
            (forwards, gradients, elapsed) = (forwards + result.Forwards, gradients + result.Gradients, elapsed + result.Elapsed);
            return [.. rows.Select(row => targets is null ? samples[row].IsRobust : samples[row].Adversarial != targets[row])];
        }
    }

    /// <summary>Proposes the texts as they are.</summary>
    private sealed record Untouched<TVictim> : ITextEvasion<TVictim>
        where TVictim : ITextClassifier
    {
        public IReadOnlyList<string> Perturb(TVictim victim, IReadOnlyList<string> texts, Tensor labels, TextThreat threat, Run run, CancellationToken cancellation) => texts;
    }
}
