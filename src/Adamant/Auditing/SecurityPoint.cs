using Adamant.Training;

namespace Adamant.Auditing;

/// <summary>One point of a <see cref="SecurityCurve"/>.</summary>
/// <param name="Epsilon">ε in the units of the model's input.</param>
/// <param name="RobustAccuracy">What is left of the accuracy.</param>
public readonly record struct SecurityPoint(double Epsilon, Proportion RobustAccuracy);
