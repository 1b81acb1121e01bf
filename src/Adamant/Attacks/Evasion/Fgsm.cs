using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Fast gradient sign method: one step of length ε up the loss.
/// <code>x′ = x + ε · sign(∇ₓ L(f(x), y))</code>
/// </summary>
/// <remarks>
/// Cheap and weak: a model that survives it may still fall to <see cref="Pgd"/>; report both. In an L2 ball the step is ε · g / ‖g‖₂. Cost: one forward
/// and one backward pass to the inputs.
/// Source: Goodfellow, Shlens, Szegedy, "Explaining and Harnessing Adversarial Examples", ICLR 2015, arXiv:1412.6572, §4.
/// </remarks>
public sealed record Fgsm : IEvasion<IDifferentiable>
{
    /// <inheritdoc/>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();

        var (loss, gradient) = LossGradient.Of(victim, inputs, threat.Target ?? labels);
        var delta = threat.Ball.Radius * threat.Ball.Steepest(threat.Steer(threat.Direction * gradient, inputs));
        run.Progress?.Report(new AttackStep(1, 1, loss));
        return threat.Place(delta, inputs, victim.Input).MoveToOuterDisposeScope();
    }

    /// <summary>It has no parameters.</summary>
    public override string ToString() => nameof(Fgsm);
}
