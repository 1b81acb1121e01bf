using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Projected gradient descent against a victim with a detector: fools the model first, then the detector, and never one at the other's cost.
/// <code>not yet fooled:  d = ∇L − proj(∇L on ∇D);   fooled:  d = −(∇D − proj(∇D on ∇L));   xₖ₊₁ = Π(xₖ + α · steepest(d))</code>
/// </summary>
/// <remarks>
/// L is the cross-entropy of the model, D how far the detector's score is above its threshold; no weight between the two has to be found. Of all steps that fool the
/// model, the one least suspicious is returned. Without a detector it is <see cref="Pgd"/>. Weak where the detector's gradient is masked. Cost per step: a
/// forward and a backward pass through the model, and one through the detector.
/// Source: Bryniarski, Hingun, Pachuca, Wang, Carlini, "Evading Adversarial Example Detection Defenses with Orthogonal Projected Gradient Descent", ICLR 2022,
/// arXiv:2106.15023, §4; the aim: Carlini, Wagner, "Adversarial Examples Are Not Easily Detected", AISec 2017, arXiv:1705.07263.
/// </remarks>
public sealed record DetectorAware : IEvasion<IDifferentiable>
{
    /// <summary>The number of steps, at least 1; 100 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Expected at least 1 step.");
    } = 100;

    /// <summary>α in the units of the inputs, above 0; null for 2.5 · ε / <see cref="Steps"/>, but no less than ε / 20.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double? StepSize
    {
        get;
        init => field = value is null or (> 0 and < double.PositiveInfinity)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(StepSize), value, "Expected a finite step above 0.");
    }

    /// <summary>Takes from each direction what it has in common with the other; without that it is the selective variant of the paper.</summary>
    public bool Orthogonal { get; init; } = true;

    /// <summary>Starts at a random point of the ball instead of at the sample itself.</summary>
    public bool RandomStart { get; init; } = true;

    /// <inheritdoc/>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = run.Generator();
        var step = StepSize ?? Math.Max(2.5 / Steps, 0.05) * threat.Ball.Radius;

        var x = inputs.detach().clone();
        if (RandomStart) x.copy_(threat.Place(threat.Ball.Sample(inputs, generator), inputs, victim.Input));
        var best = x.clone();
        var least = full([inputs.shape[0]], double.PositiveInfinity);                       // the suspicion of what is in best
        for (var k = 1; k <= Steps; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (logits, losses, towards) = LossGradient.Of(victim, x, z => Losses.CrossEntropy(z, labels, threat.Target));
            cancellation.ThrowIfCancellationRequested();
            if (Suspicion(victim, x) is var (scores, alarm))
            {
                var stands = threat.Stands(logits.argmax(1), labels);
                var better = stands.logical_not() & scores.lt(least);
                best = where(Broadcast(better, x), x, best).MoveToOuterDisposeScope();
                least = where(better, scores, least).MoveToOuterDisposeScope();
                towards = where(Broadcast(stands, x), Apart(towards, alarm), -Apart(alarm, towards));
            }
            x.copy_(threat.Place(x + (step * threat.Ball.Steepest(towards)) - inputs, inputs, victim.Input));
            run.Progress?.Report(new AttackStep(k, Steps, losses.mean().item<float>()));
        }
        return where(Broadcast(least.isinf(), x), x, best).MoveToOuterDisposeScope();
    }

    /// <summary>The detector's score above its threshold and its gradient; null where nothing is detected.</summary>
    private static (Tensor Scores, Tensor Gradient)? Suspicion(IDifferentiable victim, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        using var grad = enable_grad();
        var x = inputs.detach().requires_grad_();
        if (victim.Suspicion(x) is not { } scores) return null;
        var gradient = scores.requires_grad ? autograd.grad([sum(scores)], [x])[0].nan_to_num_(0) : zeros_like(x);
        return (scores.detach().MoveToOuterDisposeScope(), gradient.MoveToOuterDisposeScope());
    }

    /// <summary>What <paramref name="direction"/> has not in common with <paramref name="other"/>, per sample.</summary>
    private Tensor Apart(Tensor direction, Tensor other)
    {
        if (!Orthogonal) return direction;
        var (a, b) = (direction.flatten(1), other.flatten(1));
        var unit = b / b.norm(1, keepdim: true, p: 2f).clamp_min(1e-30);
        return (a - ((a * unit).sum(dim: 1, keepdim: true) * unit)).reshape(direction.shape);
    }

    private static Tensor Broadcast(Tensor perSample, Tensor like) => perSample.reshape([perSample.shape[0], .. Enumerable.Repeat(1L, (int)like.dim() - 1)]);
}
