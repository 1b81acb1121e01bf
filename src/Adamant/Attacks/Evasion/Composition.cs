using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>New attacks from old ones.</summary>
public static class Composition
{
    /// <summary>Tries the attack up to <paramref name="times"/> times with independent randomness; per sample the first success counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 time.</exception>
    public static IEvasion<TVictim> Repeat<TVictim>(this IEvasion<TVictim> attack, int times)
        where TVictim : IClassifier
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        return times == 1 ? attack : new WorstOf<TVictim>([.. Enumerable.Repeat(attack, times)]);
    }

    /// <summary>The attack by somebody who sees a series while it happens: see <see cref="Online{TVictim}"/>.</summary>
    public static IEvasion<TVictim> Online<TVictim>(this IEvasion<TVictim> attack)
        where TVictim : IClassifier => new Online<TVictim>(attack);

    /// <summary>The attack with gradients that go past defenses which have none: see <see cref="Evasion.Bpda"/>.</summary>
    public static IEvasion<IDifferentiable> Bpda(this IEvasion<IDifferentiable> attack) => new Bpda(attack);

    /// <summary>The attack on the mean over the draws of a random victim: see <see cref="Evasion.Eot"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 draw.</exception>
    public static IEvasion<IDifferentiable> Eot(this IEvasion<IDifferentiable> attack, int draws) => new Eot(attack, draws);

    /// <summary>Crafts on a model of one's own and tries the result on the victim: see <see cref="Transfer"/>.</summary>
    /// <param name="attack">Any attack.</param>
    /// <param name="surrogate">The model of one's own; takes the same inputs as the victim.</param>
    public static IEvasion<IClassifier> Via(this IEvasion<IDifferentiable> attack, IDifferentiable surrogate) => new Transfer(attack, surrogate);
}
