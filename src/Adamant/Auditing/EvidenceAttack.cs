namespace Adamant.Auditing;

/// <summary>One attack of the run, or one that took its turn inside of another.</summary>
/// <param name="Name">The command line's name of the attack.</param>
/// <param name="Parameters">The attack with all its parameters.</param>
public sealed record EvidenceAttack(string Name, string Parameters);
