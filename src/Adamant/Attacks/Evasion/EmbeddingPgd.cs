using Adamant.Texts;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// <see cref="Pgd"/> on the embeddings of texts: no text lies behind what it finds, so it is a measure of smoothness and a tool of training, not an attacker.
/// <code>eₖ₊₁ = Π(eₖ + α · steepest(∇ₑ L(f(eₖ), y))), padding never moves</code>
/// </summary>
/// <remarks>
/// A network may fall to it and stand against every real text, or the reverse; its ε is in units of the embeddings, which differ from network to network and grow in
/// training. Never report it in place of an attack on words. Cost: one forward and one backward pass per step.
/// Source: Miyato, Dai, Goodfellow, "Adversarial Training Methods for Semi-Supervised Text Classification", ICLR 2017, arXiv:1605.07725, §3.
/// </remarks>
/// <param name="Ball">How far the embeddings of a text may move, over all its tokens together.</param>
public sealed record EmbeddingPgd(Ball Ball)
{
    /// <summary>The steps; 10 from a random start by default.</summary>
    public Pgd Attack { get; init; } = new() { Steps = 10 };

    /// <summary>Moves the embeddings of a batch up the loss.</summary>
    /// <param name="network">In the mode in which it answers.</param>
    /// <param name="tokens">Shape <c>[N, T]</c>, <c>Int64</c>; 0 is padding.</param>
    /// <param name="labels">The true classes, shape <c>[N]</c>, <c>Int64</c>.</param>
    /// <param name="run">Seed and progress; the defaults when null.</param>
    /// <param name="cancellation">Obeyed within one step.</param>
    /// <returns>The moved embeddings, shape <c>[N, T, E]</c>; at padding exactly what they were.</returns>
    public Tensor Perturb(IEmbedding network, Tensor tokens, Tensor labels, Run? run = null, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var embedded = network.Embed(tokens).detach();
        using var victim = new EmbeddedVictim(network, tokens, embedded.shape[2]);
        var real = tokens.ne(TextEncoding.Padding).unsqueeze(-1).to_type(embedded.dtype);                   // a factor of 0 keeps padding where it is
        var threat = new Threat(new Scaled(Ball, real));
        return Attack.Perturb(victim, embedded, labels, threat, run ?? new Run(), cancellation).MoveToOuterDisposeScope();
    }

    /// <summary>The share of texts that the victim gets right wherever this finds to move their embeddings.</summary>
    /// <param name="victim">The model.</param>
    /// <param name="texts">Each with at least one word.</param>
    /// <param name="labels">The true classes, shape <c>[N]</c>, <c>Int64</c>.</param>
    /// <param name="run">Seed and progress; the defaults when null.</param>
    /// <param name="cancellation">Obeyed within one step.</param>
    public Proportion RobustAccuracy(
        ITextDifferentiable victim, IReadOnlyList<string> texts, Tensor labels, Run? run = null, CancellationToken cancellation = default)
    {
        using var noGrad = no_grad();
        long right = 0;
        for (var start = 0; start < texts.Count; start += Harness.BatchSize)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(Harness.BatchSize, texts.Count - start);
            var (tokens, truth) = (victim.Encoding.Encode([.. texts.Skip(start).Take(count)]), labels.narrow(0, start, count));
            var clean = victim.FromEmbedding(victim.Embed(tokens), tokens).argmax(1).eq(truth);
            var moved = Perturb(victim, tokens, truth, (run ?? new Run()).Fork(start), cancellation);
            right += sum(victim.FromEmbedding(moved, tokens).argmax(1).eq(truth).logical_and(clean)).item<long>();
        }
        return new Proportion(right, texts.Count);
    }
}
