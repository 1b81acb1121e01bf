using Adamant.Victims;

namespace Adamant.Certification;

/// <summary>What was proved of one sample.</summary>
/// <param name="Label">The true class.</param>
/// <param name="Predicted">The model's answer; <see cref="IClassifier.Rejected"/> where it abstains.</param>
/// <param name="Radius">
/// Within this distance, in the norm of the ball that was asked for, the answer is the same; 0 where nothing is proved. Methods that answer yes or no give ε or 0.
/// </param>
public readonly record struct SampleCertificate(long Label, long Predicted, double Radius)
{
    /// <summary>The model is right about the sample itself.</summary>
    public bool IsCorrect => Predicted == Label;

    /// <summary>The model is right about every input within that distance.</summary>
    /// <param name="radius">At least 0, in the norm of the ball that was asked for.</param>
    public bool Holds(double radius) => IsCorrect && Radius >= radius;
}
