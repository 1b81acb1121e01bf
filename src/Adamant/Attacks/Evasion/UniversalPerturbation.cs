using System.Globalization;
using System.Text;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// One perturbation for all samples: ascent of the mean loss, in which samples that are already lost do not count for more.
/// <code>δ ← Π(δ + α · steepest(mean_i ∇ min(L(f(xᵢ + δ), yᵢ), β)))</code>
/// </summary>
/// <remarks>
/// What an attacker can print once and use everywhere. Learned from the samples of one call, which is one batch of the harness: for the honest number, learn
/// it on training data (<see cref="Learn"/>) and judge it on others, with <see cref="Delta"/> set. Weaker than attacks that know the sample. Linf, L2,
/// L1. Cost: one forward and one backward pass to the inputs per step, of at most 256 samples.
/// Source: Moosavi-Dezfooli, Fawzi, Fawzi, Frossard, "Universal Adversarial Perturbations", CVPR 2017, arXiv:1610.08401, for the threat; Shafahi, Najibi, Xu,
/// Dickerson, Davis, Goldstein, "Universal Adversarial Training", AAAI 2020, arXiv:1811.11304, Algorithm 2, for the ascent.
/// </remarks>
[Restricted("moves all samples alike")]
public sealed record UniversalPerturbation : IEvasion<IDifferentiable>
{
    private const int AtOnce = 256;

    /// <summary>The number of steps; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps { get; init => field = Option.AtLeast(value, 1); } = 100;

    /// <summary>α in the units of the inputs, above 0; null for 5 · ε / <see cref="Steps"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double? StepSize { get; init => field = Option.Positive(value); }

    /// <summary>β, the loss above which a sample counts as lost; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double Clip { get; init => field = Option.Positive(value); } = 9;

    /// <summary>A perturbation that was learned before, shape <c>[1, …]</c>; null to learn one from the samples at hand. Belongs to the caller.</summary>
    public Tensor? Delta { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The ball differs from sample to sample.</exception>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var delta = Delta ?? Learn(victim, inputs, labels, threat, run, cancellation);
        return threat.Place(delta.expand_as(inputs), inputs, victim.Input).MoveToOuterDisposeScope();
    }

    /// <summary>Learns one perturbation for all samples; parameters as for <see cref="Perturb"/>.</summary>
    /// <returns>Shape <c>[1, …]</c>, inside the ball.</returns>
    /// <exception cref="ArgumentException">The ball differs from sample to sample.</exception>
    public Tensor Learn(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = run.Generator();
        if (inputs.shape[0] > 1 && threat.Ball.Reach(inputs).shape[0] > 1)
            throw new ArgumentException($"Expected one ball for all samples of a universal perturbation, got one for each: {threat.Ball}.", nameof(threat));
        var step = StepSize ?? 5 * threat.Ball.Radius / Steps;
        var delta = threat.Ball.Sample(inputs.narrow(0, 0, 1), generator);
        for (var k = 1; k <= Steps; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var rows = inputs.shape[0] <= AtOnce ? arange(inputs.shape[0], ScalarType.Int64) : randint(0, inputs.shape[0], [AtOnce], dtype: ScalarType.Int64, generator: generator);
            var (truth, target) = (labels.index_select(0, rows), threat.Target?.index_select(0, rows));
            var moved = (inputs.index_select(0, rows) + delta).clamp(victim.Input.Min, victim.Input.Max);
            var (_, losses, gradient) = LossGradient.Of(victim, moved, logits => Losses.CrossEntropy(logits, truth, target).clamp_max(Clip));
            delta.copy_(threat.Ball.Project(delta + (step * threat.Ball.Steepest(gradient.mean([0], keepdim: true)))));
            run.Progress?.Report(new AttackStep(k, Steps, losses.mean().ToDouble()));
        }
        return delta.MoveToOuterDisposeScope();
    }

    /// <summary>Says what an absent value means, so that reports can be repeated.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Steps = {Steps}, StepSize = {Option.Text(StepSize, "5 ε / Steps")}, Clip = {Clip}{(Delta is null ? "" : ", learned before")}");
        return true;
    }
}
