namespace Adamant.Attacks;

/// <summary>What an attack noticed that makes its score doubtful; reports show it as a finding.</summary>
/// <param name="Code">A stable name in lower case with hyphens: <c>randomized-defense</c>, <c>zero-gradients</c> …</param>
/// <param name="Message">One sentence for people: what was seen, and what to do.</param>
public readonly record struct AttackWarning(string Code, string Message);
