namespace Adamant.Attacks.Constraints;

/// <summary>Which way a feature can be moved.</summary>
public enum MoveDirection
{
    /// <summary>Both ways.</summary>
    Both,

    /// <summary>It can only rise: debts found out, time passed.</summary>
    Up,

    /// <summary>It can only fall: who steals less is seen less.</summary>
    Down,
}
