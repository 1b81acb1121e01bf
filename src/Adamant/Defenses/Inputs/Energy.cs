using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>
/// Suspects inputs that the model finds unlike everything it knows: those of high free energy.
/// <code>s(x) = −T · ln Σₖ exp(zₖ(x) / T)</code>
/// </summary>
/// <remarks>
/// Made for samples from elsewhere. Against attacks it is weak by construction: an attacker who raises the loss of the truth raises the logit of another class, and
/// with it lowers the energy. Cost: one forward pass, whose logits the model has anyway.
/// Source: Liu, Wang, Owens, Li, "Energy-based Out-of-distribution Detection", NeurIPS 2020, arXiv:2010.03759, §3.
/// </remarks>
public sealed record Energy : IDetector
{
    /// <summary>T, above 0; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double Temperature
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "Expected a finite temperature above 0.");
    } = 1;

    /// <inheritdoc/>
    public FittedDetector Fit(IDifferentiable victim, Batch clean) => new(inputs => -Temperature * (victim.Logits(inputs) / Temperature).logsumexp(1));
}
