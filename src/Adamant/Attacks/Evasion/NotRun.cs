namespace Adamant.Attacks.Evasion;

/// <summary>Work that was left when the time was up.</summary>
/// <param name="Attack">The attack by its short name, and where on a curve.</param>
/// <param name="Samples">How many samples still stood and were not attacked by it to the end.</param>
public readonly record struct NotRun(string Attack, long Samples);
