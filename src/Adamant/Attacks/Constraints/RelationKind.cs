namespace Adamant.Attacks.Constraints;

/// <summary>What a relation says of its features.</summary>
public enum RelationKind
{
    /// <summary>Their weighted sum is a number.</summary>
    Equal,

    /// <summary>Their weighted sum is at most a number.</summary>
    AtMost,

    /// <summary>Their weighted sum is what it was in the original: what is paid back is owed no longer.</summary>
    Stays,

    /// <summary>Two features keep the quotient that they had in the original.</summary>
    Proportional,
}
