using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Expectation over transformation: each question to a random victim is asked several times, in one batch, and the attack sees the mean.
/// <code>f̄(x) = 1/K Σₖ f(gₖ(x)),   ∇f̄ = 1/K Σₖ ∇f(gₖ(x))</code>
/// </summary>
/// <remarks>
/// For victims that draw anew for each sample and call; on others it only costs. The mean is over logits. Too few draws leave the gradient noisy: double K,
/// and see that the score does not fall. Cost: K times the inner attack, in samples; the same number of calls.
/// Source: Athalye, Engstrom, Ilyas, Kwok, "Synthesizing Robust Adversarial Examples", ICML 2018, arXiv:1707.07397, §2; against random defenses: Athalye,
/// Carlini, Wagner, ICML 2018, arXiv:1802.00420, §4.2.
/// </remarks>
/// <param name="Inner">The attack that sees the mean.</param>
/// <param name="Draws">K, at least 1.</param>
public sealed record Eot(IEvasion<IDifferentiable> Inner, int Draws) : IEvasion<IDifferentiable>
{
    /// <summary>K, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Draws { get; init => field = Checked(value); } = Checked(Draws);

    /// <inheritdoc/>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) =>
        Inner.Perturb(new Mean(victim, Draws), inputs, labels, threat, run, cancellation);

    /// <summary>For people: <c>Eot(Fgsm, 20)</c>.</summary>
    public override string ToString() => $"Eot({Inner}, {Draws})";

    private static int Checked(int draws) => draws >= 1 ? draws : throw new ArgumentOutOfRangeException(nameof(draws), draws, "Expected at least 1 draw.");

    /// <summary>The mean of a victim over its draws.</summary>
    private sealed class Mean(IDifferentiable victim, int draws) : IDifferentiable
    {
        public InputSpec Input => victim.Input;

        public IDifferentiable StraightThrough => victim.StraightThrough is var straight && ReferenceEquals(straight, victim) ? this : new Mean(straight, draws);

        public Tensor Logits(Tensor inputs)
        {
            using var scope = NewDisposeScope();
            return Average(victim.Logits(Repeated(inputs))).MoveToOuterDisposeScope();
        }

        public Tensor Predict(Tensor inputs)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var named = Logits(inputs).argmax(1);
            return (Suspicion(inputs) is { } suspicion ? named.masked_fill(suspicion.gt(0), IClassifier.Rejected) : named).MoveToOuterDisposeScope();
        }

        public Tensor? Suspicion(Tensor inputs)
        {
            using var scope = NewDisposeScope();
            return victim.Suspicion(Repeated(inputs)) is { } all ? Average(all).MoveToOuterDisposeScope() : null;
        }

        public void Dispose()
        {
        }

        private Tensor Repeated(Tensor inputs) => inputs.repeat([draws, .. Enumerable.Repeat(1L, (int)inputs.dim() - 1)]);

        private Tensor Average(Tensor values) => values.reshape([draws, values.shape[0] / draws, .. values.shape[1..]]).mean([0L]);
    }
}
