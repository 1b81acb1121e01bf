using Adamant.Attacks;
using Adamant.Data;
using Adamant.Models;
using Adamant.Texts;
using Adamant.Training;

namespace Adamant.Defenses.Training;

/// <summary>
/// Adversarial training in the space of embeddings: climbs the loss in a few steps, and learns from every step on the way.
/// <code>L = 1/K Σₖ ℓ(f(e + δₖ), y);   δₖ₊₁ = Π(δₖ + α · ∇δ ℓ / ‖∇δ ℓ‖),  ‖δ_t‖₂ ≤ ε · mean ‖e‖</code>
/// </summary>
/// <remarks>
/// Regularizes: clean accuracy often rises a little, and robustness against words grows less than with <see cref="SubstitutionTraining"/>, since no word stands
/// where δ leads. ε is a share of the text's mean embedding length, so that the network cannot escape by growing its embeddings; each token has a ball of its own,
/// where the paper has one for the whole text. The network is in training mode, and its dropout differs from step to step. Cost: about <see cref="Steps"/> · 1.7 plain steps,
/// and the memory of <see cref="Steps"/> forward passes.
/// Source: Zhu, Cheng, Gan, Sun, Goldstein, Liu, "FreeLB: Enhanced Adversarial Training for Natural Language Understanding", ICLR 2020, arXiv:1909.11764,
/// Algorithm 1; a ball per token: Li, Qiu, "Token-Aware Virtual Adversarial Training in Natural Language Understanding", AAAI 2021, arXiv:2004.14543.
/// </remarks>
/// <param name="Radius">ε as a share of the mean length of the text's embeddings; at least 0.</param>
public sealed record FreeLb(double Radius) : IObjective
{
    /// <summary>ε as a share of the mean length of the text's embeddings.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or below 0.</exception>
    public double Radius { get; init => field = new L2(value).Radius; } = new L2(Radius).Radius;

    /// <summary>K, the number of steps, of which the first is at a random point; at least 1, 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Expected at least 1 step.");
    } = 3;

    /// <summary>α as a multiple of ε, above 0; 0.7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double RelativeStep
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(RelativeStep), value, "Expected a finite step above 0.");
    } = 0.7;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network does not read texts, or the labels are no classes.</exception>
    public Tensor Loss(Network network, Batch batch, TrainingStep step)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)(uint)step.Seed, CPU);
        var text = TextTraining.Check(network, batch, nameof(FreeLb));
        var embedded = text.Embed(batch.Inputs);
        var real = batch.Inputs.ne(TextEncoding.Padding).unsqueeze(-1).to_type(embedded.dtype);
        var ball = new L2(Radius);
        var lengths = embedded.detach().norm(2, keepdim: true, p: 2f) * real;
        var unit = lengths.sum(dim: 1, keepdim: true) / real.sum(dim: 1, keepdim: true).clamp_min(1);       // [N, 1, 1]

        var delta = PerToken(embedded.detach(), e => ball.Sample(e, generator));
        var total = zeros(1).squeeze();
        for (var k = 1; k <= Steps; k++)
        {
            step.Cancellation.ThrowIfCancellationRequested();
            delta.requires_grad_();
            var loss = step.Criterion(text.FromEmbedding(embedded + (delta * unit * real), batch.Inputs), batch.Labels);
            total = total + (loss / Steps);
            if (k == Steps) break;
            var gradient = autograd.grad([loss], [delta], retain_graph: true)[0].nan_to_num_(0);
            delta = PerToken(delta.detach() + (PerToken(gradient, ball.Steepest) * (RelativeStep * Radius)), ball.Project);
        }
        return total.MoveToOuterDisposeScope();
    }

    /// <summary>Treats each token as a sample of its own.</summary>
    private static Tensor PerToken(Tensor values, Func<Tensor, Tensor> each) => each(values.flatten(0, 1)).reshape(values.shape);
}
