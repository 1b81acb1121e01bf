namespace Adamant.Attacks.Evasion;

/// <summary>What became of one forecast.</summary>
/// <param name="Label">The true value.</param>
/// <param name="Clean">What the victim says of the original.</param>
/// <param name="Adversarial">What the victim says of the moved sample.</param>
/// <param name="Perturbation">The size of the move, in the norm of the threat.</param>
public readonly record struct RegressionOutcome(double Label, double Clean, double Adversarial, double Perturbation)
{
    /// <summary>The error on the original, at least 0.</summary>
    public double CleanError => Math.Abs(Clean - Label);

    /// <summary>The error on the moved sample, at least 0.</summary>
    public double AdversarialError => Math.Abs(Adversarial - Label);
}
