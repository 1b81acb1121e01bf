namespace Adamant.Attacks.Evasion;

/// <summary>Which attacks <see cref="AutoAttack"/> is made of.</summary>
public enum AutoAttackVersion
{
    /// <summary>APGD-CE, APGD-T, FAB-T, Square: what papers and leaderboards report.</summary>
    Standard,

    /// <summary>APGD-CE, APGD-DLR and FAB with five starts each, Square, APGD-T, FAB-T: slower, and rarely stronger.</summary>
    Plus,

    /// <summary>APGD-CE and APGD-DLR with 20 gradients per step: for victims that are random.</summary>
    Rand,
}
