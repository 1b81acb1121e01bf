using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>What became of one sample.</summary>
/// <param name="Label">The true class.</param>
/// <param name="Clean">The class that the victim gave the original.</param>
/// <param name="Adversarial">The class that the victim gave the moved sample.</param>
/// <param name="Perturbation">The size of the move, in the norm of the threat, or in edits.</param>
public readonly record struct SampleOutcome(long Label, long Clean, long Adversarial, double Perturbation)
{
    /// <summary>The victim is right about the original.</summary>
    public bool IsCorrect => Clean == Label;

    /// <summary>The victim is right about the original and about the moved sample.</summary>
    /// <remarks>Refusing the moved sample is as good as being right; refusing the original is an error.</remarks>
    public bool IsRobust => IsCorrect && (Adversarial == Label || Adversarial == IClassifier.Rejected);

    /// <summary>The questions that a black-box attack asked about this sample; null for attacks that do not count them.</summary>
    public long? Queries { get; init; }

    /// <summary>Among attacks that took turns, the one that worked on this sample last, with its parameters: where the sample fell, the one that moved it. Null for a single attack.</summary>
    public string? Attack { get; init; }
}
