using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>New attacks on texts from old ones.</summary>
public static class TextComposition
{
    /// <summary>Tries the attack up to <paramref name="times"/> times with independent randomness; per text the first success counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 time.</exception>
    public static ITextEvasion<TVictim> Repeat<TVictim>(this ITextEvasion<TVictim> attack, int times)
        where TVictim : ITextClassifier
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        return times == 1 ? attack : new WorstOfTexts<TVictim>([.. Enumerable.Repeat(attack, times)]);
    }
}
