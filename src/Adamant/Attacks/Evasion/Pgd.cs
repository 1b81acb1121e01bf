using System.Globalization;
using System.Text;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Projected gradient descent: small steps up the loss, each followed by a projection back onto the ball and the range of the inputs.
/// <code>x₀ = x + u, u ∼ U(ball);   xₖ₊₁ = Π(xₖ + α · steepest(∇ₓ L(f(xₖ), y)))</code>
/// </summary>
/// <remarks>
/// The standard white-box attack of first order. It fails where gradients are masked: check with a query-based attack. Repeat it with several random
/// starts (<see cref="Composition.Repeat"/>) before believing a high score. Under feature constraints the steps add up between whole numbers and categories, the
/// gradient is taken at the nearest legal sample, and the worst legal sample of all steps is returned. With <see cref="RandomStart"/> off and momentum 0 it is BIM. Cost: one forward and one
/// backward pass to the inputs per step.
/// Source: Madry, Makelov, Schmidt, Tsipras, Vladu, "Towards Deep Learning Models Resistant to Adversarial Attacks", ICLR 2018, arXiv:1706.06083, §2.1;
/// momentum: Dong et al., "Boosting Adversarial Attacks with Momentum", CVPR 2018, arXiv:1710.06081, Algorithm 1.
/// </remarks>
public sealed record Pgd : IEvasion<IDifferentiable>
{
    /// <summary>The number of steps; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Expected at least 1 step.");
    } = 40;

    /// <summary>α in the units of the inputs, above 0; null for 2.5 · ε / <see cref="Steps"/>, which can cross the ball.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double? StepSize
    {
        get;
        init => field = value is null or (> 0 and < double.PositiveInfinity)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(StepSize), value, "Expected a finite step above 0.");
    }

    /// <summary>Starts at a random point of the ball instead of at the sample itself.</summary>
    public bool RandomStart { get; init; } = true;

    /// <summary>μ, the share of the previous direction that is kept (gradients are then scaled to mean absolute value 1); 0 for none, 1 in Dong et al.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public double Momentum
    {
        get;
        init => field = value is >= 0 and < double.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Momentum), value, "Expected a finite momentum of at least 0.");
    }

    /// <inheritdoc/>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = run.Generator();
        var (ball, input) = (threat.Ball, victim.Input);
        var step = StepSize ?? 2.5 * ball.Radius / Steps;

        var x = inputs.detach().clone();
        if (RandomStart) x.add_(ball.Sample(inputs, generator)).clamp_(input.Min, input.Max);
        if (RandomStart && threat.Constraints is not null) x.copy_(threat.Relax(x - inputs, inputs, input));
        var best = threat.Constraints is null ? null : new BestLegal(inputs);
        var velocity = Momentum > 0 ? zeros_like(inputs) : null;
        for (var k = 1; k <= Steps; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var asked = best is null ? x : threat.Place(x - inputs, inputs, input);
            var (_, losses, gradient) = LossGradient.Of(victim, asked, outputs => Losses.Natural(outputs, labels, threat.Target));
            best?.Keep(asked, losses);
            if (velocity is not null) gradient = velocity.mul_(Momentum).add_(gradient / MeanAbsolute(gradient));

            var delta = ball.Steepest(threat.Steer(gradient, inputs)).mul_(step).add_(x).sub_(inputs);
            x.copy_(threat.Relax(delta, inputs, input));
            run.Progress?.Report(new AttackStep(k, Steps, threat.Direction * losses.mean().item<float>()));
        }
        if (best is null) return x.MoveToOuterDisposeScope();
        cancellation.ThrowIfCancellationRequested();
        var last = threat.Place(x - inputs, inputs, input);
        best.Keep(last, Losses.Natural(victim.Logits(last), labels, threat.Target));
        return best.Samples.MoveToOuterDisposeScope();
    }

    /// <summary>Says what an absent step size means, so that reports can be repeated.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        var size = StepSize?.ToString(CultureInfo.InvariantCulture) ?? "2.5 ε / Steps";
        text.Append(CultureInfo.InvariantCulture, $"Steps = {Steps}, StepSize = {size}, RandomStart = {RandomStart}, Momentum = {Momentum}");
        return true;
    }

    private static Tensor MeanAbsolute(Tensor gradient)
    {
        long[] others = [.. Enumerable.Range(1, (int)gradient.dim() - 1)];
        return gradient.abs().mean(others, keepdim: true).clamp_min(1.2e-38);           // the smallest normal float32: only zero is below it
    }
}
