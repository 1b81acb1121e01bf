using Adamant.Attacks.Evasion;

namespace Adamant.Certification;

/// <summary>One sample from both sides.</summary>
/// <param name="Certificate">What was proved.</param>
/// <param name="Outcome">What the attack did; null where the proof made an attack pointless.</param>
public readonly record struct BracketSample(SampleCertificate Certificate, SampleOutcome? Outcome)
{
    /// <summary>Right within the whole ball, proved.</summary>
    public bool IsCertified => Outcome is null;

    /// <summary>Right as far as anybody knows: proved, or the attack found nothing.</summary>
    public bool MayBeRobust => Outcome is not { IsRobust: false };
}
