using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// An attack that looks for the nearest adversarial sample in the norm of the threat's ball, whatever the radius. Where that is farther than the radius,
/// it proposes what it found, brought back onto the ball: the harness will count it as held. Give it the widest radius to measure distances.
/// </summary>
/// <typeparam name="TVictim">What the attack needs to see.</typeparam>
public interface IMinimumNorm<in TVictim> : IEvasion<TVictim>
    where TVictim : IClassifier;
