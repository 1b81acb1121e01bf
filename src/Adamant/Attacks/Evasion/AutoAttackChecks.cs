using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>What makes a score of <see cref="AutoAttack"/> doubtful and can be seen before it starts.</summary>
internal static class AutoAttackChecks
{
    private const int Most = 128, Repetitions = 5;
    private const double Same = 1e-4, OfOne = 1e-5;

    /// <summary>Asks the victim a few times about the first samples.</summary>
    public static void Look(
        IScoring victim, Tensor inputs, Tensor labels, AutoAttackVersion version, Action<AttackWarning> warn, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var x = inputs.narrow(0, 0, Math.Min(Most, inputs.shape[0]));
        var y = labels.narrow(0, 0, x.shape[0]);
        cancellation.ThrowIfCancellationRequested();
        var first = Portions.Logits(victim, x);
        if (version != AutoAttackVersion.Rand && IsRandom(victim, x, y, first, cancellation))
            warn(new AttackWarning("randomized-defense", "The same inputs got different scores: the victim is random, and the score is too high. Use the version rand."));
        if (IsProbability(first))
            warn(new AttackWarning("softmax-output", "The scores are probabilities, not logits: gradients vanish where the victim is certain. Let it return what is before the softmax."));
        cancellation.ThrowIfCancellationRequested();
        if (IsDynamic(victim, x))
            warn(new AttackWarning("dynamic-defense", "The victim asks for gradients when it predicts: it optimizes at inference, and the score may be far too high. Add an attack that is made for it."));
        var (classes, needed) = (first.shape[1], version == AutoAttackVersion.Rand ? 3 : 10);
        if (classes < needed)
        {
            warn(new AttackWarning("few-classes", classes < (version == AutoAttackVersion.Rand ? 3 : 4)
                ? $"The victim has {classes} classes: the DLR losses need 3, with targets 4. The cross-entropy was climbed instead, towards {classes - 1} targets."
                : $"The victim has {classes} classes: APGD-T and FAB-T tried {classes - 1} targets instead of 9, which are all there are."));
        }
    }

    private static bool IsRandom(IScoring victim, Tensor x, Tensor labels, Tensor first, CancellationToken cancellation)
    {
        var seen = new List<(Tensor Direction, long Right)> { Seen(first) };
        for (var i = 1; i < Repetitions; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            seen.Add(Seen(Portions.Logits(victim, x)));
        }
        return seen.Any(a => seen.Any(b => a.Right != b.Right || (a.Direction - b.Direction).norm(1, false, 2f).max().ToDouble() > Same));

        (Tensor, long) Seen(Tensor logits) => (logits / (logits.norm(1, true, 2f) + 1e-10), sum(logits.argmax(1).eq(labels)).ToInt64());
    }

    private static bool IsProbability(Tensor scores) =>
        scores.max().ToDouble() < 1 + OfOne && scores.min().ToDouble() > -OfOne && (scores.sum(1) - 1).abs().max().ToDouble() < OfOne;

    /// <summary>In inference mode nothing can be differentiated: a victim that tries, fails.</summary>
    private static bool IsDynamic(IScoring victim, Tensor x)
    {
        try
        {
            using var inference = inference_mode();
            victim.Logits(x);
            return false;
        }
        catch (Exception e) when (e is System.Runtime.InteropServices.ExternalException)
        {
            return true;
        }
    }
}
