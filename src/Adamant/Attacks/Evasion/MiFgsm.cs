namespace Adamant.Attacks.Evasion;

/// <summary>
/// Momentum iterative FGSM: the gradient at the point, accumulated.
/// <code>g = ∇ₓ L(f(x), y)</code>
/// </summary>
/// <remarks>
/// Transfers better than <see cref="Pgd"/>, and is weaker than it on the model itself. The same as Pgd with momentum 1, ε / Steps as its step and no random
/// start. Cost: one forward and one backward pass to the inputs per step.
/// Source: Dong et al., "Boosting Adversarial Attacks with Momentum", CVPR 2018, arXiv:1710.06081, Algorithm 1.
/// </remarks>
public sealed record MiFgsm : MomentumFgsm
{
    private protected override Func<Tensor> Start(Point point) => () => point.Slope(point.X, null);
}
