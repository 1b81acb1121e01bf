using Adamant.Training;

namespace Adamant.Auditing;

/// <summary>One attack in one case of the <see cref="AttackSelfTest"/>.</summary>
/// <param name="Attack">The attack's name.</param>
/// <param name="Case">The case's name: <c>linear in Linf</c>, <c>quantized inputs</c> …</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="IsMandatory">Whether an attack that sees as much has to pass.</param>
/// <param name="Reached">The robust accuracy that the attack left; without trials where it does not apply.</param>
/// <param name="Truth">The robust accuracy that the best attack leaves, known from a formula.</param>
/// <param name="Reason">For people: why, in one sentence; empty when it passed.</param>
public sealed record SelfTestResult(string Attack, string Case, SelfTestVerdict Verdict, bool IsMandatory, Proportion Reached, Proportion Truth, string Reason);
