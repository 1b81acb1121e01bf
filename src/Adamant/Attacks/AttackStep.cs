namespace Adamant.Attacks;

/// <summary>How far an attack has come on its current batch.</summary>
/// <param name="Step">From 1.</param>
/// <param name="Steps">How many there will be at the most.</param>
/// <param name="Loss">The mean loss of the batch before the step.</param>
public readonly record struct AttackStep(int Step, int Steps, double Loss);
