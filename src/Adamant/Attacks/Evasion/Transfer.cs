using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// An attack that is crafted on a model of one's own and tried on another: the victim is asked nothing at all.
/// <code>x′ = inner(surrogate, x)</code>
/// </summary>
/// <remarks>
/// What a victim that hides its gradients and limits its questions still falls to. Weak where the surrogate saw other data or is built differently. The
/// passes through the surrogate are not counted as questions. Made by <see cref="Composition.Via"/>.
/// Source: Papernot, McDaniel, Goodfellow, "Transferability in Machine Learning: from Phenomena to Black-Box Attacks using Adversarial Samples", 2016,
/// arXiv:1605.07277.
/// </remarks>
/// <param name="Inner">The attack on the surrogate.</param>
/// <param name="Surrogate">The model of the attacker's own; belongs to the caller.</param>
public sealed record Transfer(IEvasion<IDifferentiable> Inner, IDifferentiable Surrogate) : IEvasion<IClassifier>
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The surrogate takes other inputs than the victim.</exception>
    public Tensor Perturb(IClassifier victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        if (!Surrogate.Input.Equals(victim.Input))
            throw new ArgumentException($"Expected a surrogate for inputs {victim.Input}, as the victim, got one for {Surrogate.Input}.");
        return Inner.Perturb(Surrogate, inputs, labels, threat, run with { Ledger = null }, cancellation);
    }

    /// <summary>For people: <c>Transfer(MiFgsm …)</c>.</summary>
    public override string ToString() => $"Transfer({Inner})";
}
