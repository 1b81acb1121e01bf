using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Backward pass differentiable approximation: the attack sees the victim's true answers, and gradients that go past defenses that have none.
/// <code>forward: f(g(x));   backward: ∇f at g(x), through the gradient of a smooth stand-in for g (the identity, where g(x) ≈ x)</code>
/// </summary>
/// <remarks>
/// For victims behind a sanitizer (<see cref="Sanitizing"/>); on others it warns, and is the inner attack. Weak where the sanitizer moves inputs far, so that the
/// stand-in points elsewhere: look at the plain attack and at attacks without gradients too. Cost: that of the inner attack.
/// Source: Athalye, Carlini, Wagner, "Obfuscated Gradients Give a False Sense of Security", ICML 2018, arXiv:1802.00420, §4.1.
/// </remarks>
/// <param name="Inner">The attack that gets the gradients.</param>
public sealed record Bpda(IEvasion<IDifferentiable> Inner) : IEvasion<IDifferentiable>
{
    /// <inheritdoc/>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        var straight = victim.StraightThrough;
        if (ReferenceEquals(straight, victim))
            run.Warn?.Invoke(new AttackWarning("nothing-to-go-past", "The victim shows no defense without gradients: the attack through it was the plain one."));
        return Inner.Perturb(straight, inputs, labels, threat, run, cancellation);
    }

    /// <summary>For people: <c>Bpda(Fgsm)</c>.</summary>
    public override string ToString() => $"Bpda({Inner})";
}
