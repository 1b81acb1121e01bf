namespace Adamant.Auditing;

/// <summary>How much a <see cref="Doubt"/> weighs.</summary>
public enum Severity
{
    /// <summary>Good to know: the number stands, read it with care.</summary>
    Note,

    /// <summary>The number may be too friendly: more work would say.</summary>
    Warning,

    /// <summary>The number must not be believed as it stands.</summary>
    Serious,
}
