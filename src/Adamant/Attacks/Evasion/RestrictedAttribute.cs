namespace Adamant.Attacks.Evasion;

/// <summary>Marks an attack that does not look for the best move of each sample within the ball, by design: known optima say nothing about it.</summary>
/// <param name="why">What it does instead, for people: <c>rotates and shifts images</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RestrictedAttribute(string why) : Attribute
{
    /// <summary>What it does instead.</summary>
    public string Why { get; } = why;
}
