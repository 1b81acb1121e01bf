using Adamant.Attacks.Evasion;
using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>Attacks by somebody who knows the defense.</summary>
public static class Knowledge
{
    /// <summary>
    /// The attack with what it takes to get past the defense and, on the samples that still stand, as it is: <see cref="Bpda"/> past sanitizers,
    /// <see cref="Eot"/> over random ones, <see cref="DetectorAware"/> against detectors.
    /// </summary>
    /// <remarks>A random victim answers a weak example wrong by luck, and right when it is asked again: so the mean over its draws has the first turn.</remarks>
    /// <param name="attack">The plain attack.</param>
    /// <param name="defense">What is known.</param>
    /// <param name="draws">How often a random defense is asked at each step, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 draw.</exception>
    public static IEvasion<IDifferentiable> Knowing(this IEvasion<IDifferentiable> attack, InputDefense defense, int draws = 20)
    {
        ArgumentNullException.ThrowIfNull(defense);
        List<IEvasion<IDifferentiable>> turns = [.. defense.Sanitizers.Count > 0 ? [Past(attack)] : Array.Empty<IEvasion<IDifferentiable>>(), attack];
        if (defense.Detector is not null) turns.AddRange([Past(new DetectorAware()), Past(new DetectorAware { Orthogonal = false })]);
        return turns.Count == 1 ? attack : new WorstOf<IDifferentiable>(turns);

        IEvasion<IDifferentiable> Past(IEvasion<IDifferentiable> one)
        {
            if (defense.IsRandom) one = one.Eot(draws);
            return defense.Sanitizers.Count > 0 ? one.Bpda() : one;
        }
    }
}
