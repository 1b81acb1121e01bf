using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// An attack on a series while it happens: what is written at step t depends on nothing that comes after t.
/// <code>x̂ = (x′₁ … x′ₜ₋₁, xₜ, xₜ, … xₜ),   x′ₜ = inner(x̂)ₜ,   t = 1 … T</code>
/// </summary>
/// <remarks>
/// A sensor's channel is forged in real time: the past is already written, the future is unknown. The attacker expects the series to stay as it is now, lets
/// the inner attack plan from here to the end, writes the first step of the plan, and looks again. The other attacks know the whole series; the distance
/// between the two is what that knowledge is worth. Weak where the future does not look like the present. The class to avoid (or to reach) is taken to
/// be known from the start. Cost: T times the inner attack. Only for balls that bind each coordinate by itself (<see cref="Linf"/>, <see cref="Scaled"/> of it):
/// in the others, a step that is taken uses up what later ones may do.
/// Source: Mladenovic et al., "Online Adversarial Attacks", ICLR 2022, arXiv:2103.02014, for the threat; planning again at each step is
/// receding-horizon control.
/// </remarks>
/// <param name="Inner">Plans the rest of the series at each step.</param>
public sealed record Online<TVictim>(IEvasion<TVictim> Inner) : IEvasion<TVictim>
    where TVictim : IClassifier
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The inputs are no series, or the ball is none of those above.</exception>
    public Tensor Perturb(TVictim victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        if (inputs.dim() < 2) throw new ArgumentException($"Expected series [N, T] or [N, T, F], got [{string.Join(", ", inputs.shape)}].", nameof(inputs));
        if (!threat.Ball.IsBox)
            throw new ArgumentException($"Expected a ball that binds each coordinate by itself (Linf, or Linf with factors) for an attack online, got {threat.Ball}.", nameof(threat));

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var steps = inputs.shape[1];
        var written = inputs.detach().clone();
        var mask = ones([1, steps, .. Enumerable.Repeat(1L, (int)inputs.dim() - 2)], dtype: inputs.dtype);      // 0 where it is already written
        for (long t = 0; t < steps; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var expected = cat([written.narrow(1, 0, t), inputs.narrow(1, t, 1).expand_as(inputs.narrow(1, t, steps - t))], 1);
            var from = threat with { Ball = new Scaled(threat.Ball, mask) };
            var loss = new LastLoss();
            var planned = Inner.Perturb(victim, expected, labels, from, run.Fork(t) with { Progress = loss, Progressed = null }, cancellation);
            written.narrow(1, t, 1).copy_(from.Confine(planned, expected, victim.Input).narrow(1, t, 1));
            mask.narrow(1, t, 1).zero_();
            run.Progress?.Report(new AttackStep((int)t + 1, (int)steps, loss.Value));
        }
        return written.MoveToOuterDisposeScope();
    }

    /// <summary>For people: <c>Online(Fgsm)</c>.</summary>
    public override string ToString() => $"Online({Inner})";

    private sealed class LastLoss : IProgress<AttackStep>
    {
        public double Value { get; private set; }

        public void Report(AttackStep value) => Value = value.Loss;
    }
}
