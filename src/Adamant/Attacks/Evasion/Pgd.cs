using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Projected gradient descent: small steps up the loss, each followed by a projection back onto the ball and the range of the inputs.
/// <code>x₀ = x + u, u ∼ U(ball);   xₖ₊₁ = Π(xₖ + α · steepest(∇ₓ L(f(xₖ), y)))</code>
/// </summary>
/// <remarks>
/// The standard white-box attack of first order. It fails where gradients are masked: check with a query-based attack. Repeat it with several random
/// starts (<see cref="Composition.Repeat"/>) before believing a high score. With <see cref="RandomStart"/> off and momentum 0 it is BIM. Cost: one forward and one
/// backward pass to the inputs per step.
/// Source: Madry, Makelov, Schmidt, Tsipras, Vladu, "Towards Deep Learning Models Resistant to Adversarial Attacks", ICLR 2018, arXiv:1706.06083, §2.1;
/// momentum: Dong et al., "Boosting Adversarial Attacks with Momentum", CVPR 2018, arXiv:1710.06081, Algorithm 1.
/// </remarks>
public sealed record Pgd : IEvasion<IDifferentiable>
{
    /// <summary>The number of steps; at least 1.</summary>
    public int Steps { get; init; } = 40;

    /// <summary>α in the units of the inputs; null for 2.5 · ε / <see cref="Steps"/>, which can cross the ball.</summary>
    public double? StepSize { get; init; }

    /// <summary>Starts at a random point of the ball instead of at the sample itself.</summary>
    public bool RandomStart { get; init; } = true;

    /// <summary>μ, the share of the previous direction that is kept (gradients are then scaled to mean absolute value 1); 0 for none.</summary>
    public double Momentum { get; init; }

    /// <inheritdoc/>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var generator = run.Generator();
        var (ball, input) = (threat.Ball, victim.Input);
        var step = threat.Direction * (StepSize ?? 2.5 * ball.Radius / Steps);

        var x = RandomStart ? (inputs + ball.Sample(inputs, generator)).clamp(input.Min, input.Max) : inputs.detach().clone();
        var velocity = zeros_like(inputs);
        for (var k = 1; k <= Steps; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (loss, gradient) = LossGradient.Of(victim, x, threat.Target ?? labels);
            if (Momentum > 0) gradient = velocity.mul_(Momentum).add_(gradient / MeanAbsolute(gradient));

            var moved = x + step * ball.Steepest(gradient);
            x.copy_((inputs + ball.Project(moved - inputs)).clamp(input.Min, input.Max));
            run.Progress?.Report(new AttackStep(k, Steps, loss));
        }
        return x.MoveToOuterDisposeScope();
    }

    private static Tensor MeanAbsolute(Tensor gradient)
    {
        long[] others = [.. Enumerable.Range(1, (int)gradient.dim() - 1)];
        return gradient.abs().mean(others, keepdim: true).clamp_min(1e-12);
    }
}
