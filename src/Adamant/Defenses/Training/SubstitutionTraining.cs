using Adamant.Attacks;
using Adamant.Data;
using Adamant.Models;
using Adamant.Texts;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Defenses.Training;

/// <summary>
/// Adversarial training on discrete edits: in each step words are replaced where that hurts most, by gradient, and the network learns both versions.
/// <code>x′ = x with max(1, ⌊share · words⌋) tokens replaced at argmax_{t, v} ∇ₑₜ L · (e_v − e_t);   L = (1 − w) · ℓ(f(x), y) + w · ℓ(f(x′), y)</code>
/// </summary>
/// <remarks>
/// Works on tokens, so that a step costs little: <see cref="Steps"/> gradients, no search, no strings. What it crafts is weaker than <see cref="Attacks.Evasion.HotFlip"/>,
/// which asks the network about each edit: judge by that. With <see cref="Near"/> it learns substitutes of near meaning only, and should be judged under
/// <see cref="NearWordEdits"/>. The attack sees the network in evaluation mode. Cost: about (2 + Steps) times a plain step, and without <see cref="Near"/> a product with the
/// whole vocabulary in each.
/// Source: the flips are those of Ebrahimi, Rao, Lowd, Dou, "HotFlip", ACL 2018, arXiv:1712.06751, §5 (adversarial training); Madry et al., arXiv:1706.06083, §2.
/// </remarks>
/// <param name="Share">The substitutions as a share of the words, as in <see cref="WordEdits"/>.</param>
public sealed record SubstitutionTraining(double Share) : IObjective
{
    /// <summary>The substitutions as a share of the words.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or below 0.</exception>
    public double Share { get; init => field = new WordEdits(value).Share; } = new WordEdits(Share).Share;

    /// <summary>How many gradients the substitutions are spread over; at least 1, 2 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Expected at least 1 step.");
    } = 2;

    /// <summary>w, the weight of the attacked texts, from 0 to 1; ½ by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of [0, 1].</exception>
    public double Weight
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Weight), value, "Expected a weight from 0 to 1.");
    } = 0.5;

    /// <summary>
    /// The share of texts whose edits are insertions instead: unknown words at random places, replaced by the worst ones; from 0 to 1, ½ by default. None with
    /// <see cref="Near"/>, a threat of one word for one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of [0, 1].</exception>
    public double Insertions
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Insertions), value, "Expected a share from 0 to 1.");
    } = 0.5;

    /// <summary>What may stand in place of what; null for any token.</summary>
    public TokenNeighbors? Near { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network does not read texts, or the labels are no classes.</exception>
    public Tensor Loss(Network network, Batch batch, TrainingStep step)
    {
        using var scope = NewDisposeScope();
        var text = TextTraining.Check(network, batch, nameof(SubstitutionTraining));
        var attacked = Attack(text, batch.Inputs, batch.Labels, step);
        var (length, attackedLength) = (batch.Inputs.shape[1], attacked.shape[1]);
        var originals = nn.functional.pad(batch.Inputs, [0, attackedLength - length], value: TextEncoding.Padding);
        var outputs = network.call(cat([originals, attacked]));
        var (clean, moved) = (outputs.narrow(0, 0, batch.Count), outputs.narrow(0, batch.Count, batch.Count));
        return ((step.Criterion(clean, batch.Labels) * (1 - Weight)) + (step.Criterion(moved, batch.Labels) * Weight)).MoveToOuterDisposeScope();
    }

    /// <summary>The attacked tokens, shape <c>[N, T′]</c>, T′ at least T.</summary>
    internal Tensor Attack(TextNetwork network, Tensor tokens, Tensor labels, TrainingStep step)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator((ulong)(uint)step.Seed, CPU);
        var most = tokens.ne(TextEncoding.Padding).sum(dim: 1).mul(Share).add(1e-6).floor().clamp_min(Share > 0 ? 1 : 0);      // [N]
        var room = tokens.ne(TextEncoding.Padding).sum(dim: 1).add(most).le(network.LongestText);
        var inserts = rand(tokens.shape[0], generator: generator).lt(Near is null ? Insertions : 0).logical_and(room);
        var (opened, slots) = Open(tokens, most * inserts, generator);
        var open = where(inserts.unsqueeze(1), slots, opened.ne(TextEncoding.Padding));
        return Replace(network, opened, open, most, labels, step.Cancellation).MoveToOuterDisposeScope();
    }

    /// <summary>Puts so many unknown tokens between the others of each text, at random places; and says where they are.</summary>
    private static (Tensor Tokens, Tensor Slots) Open(Tensor tokens, Tensor counts, Generator generator)
    {
        using var scope = NewDisposeScope();
        var (length, slots) = (tokens.shape[1], (long)counts.max().item<float>());
        if (slots == 0) return (tokens.alias().MoveToOuterDisposeScope(), tokens.ne(tokens).MoveToOuterDisposeScope());
        var real = tokens.ne(TextEncoding.Padding).sum(dim: 1, keepdim: true);
        var used = arange(slots).unsqueeze(0).lt(counts.unsqueeze(1));
        var places = (rand([tokens.shape[0], slots], generator: generator) * (real + 1)).floor() - 0.5;     // in front of any token, or behind the last
        var keys = cat([arange(length).to_type(ScalarType.Float32).expand(tokens.shape), where(used, places, full_like(places, length))], 1);
        var order = keys.argsort(1, descending: false);
        var added = where(used, full_like(used, TextEncoding.Unknown, ScalarType.Int64), full_like(used, TextEncoding.Padding, ScalarType.Int64));
        var (longer, open) = (cat([tokens, added], 1).gather(1, order), cat([tokens.ne(tokens), used], 1).gather(1, order));
        var width = (real.squeeze(1) + counts).max().to_type(ScalarType.Int64).item<long>();                // the rest is padding in every row
        return (longer.narrow(1, 0, width).MoveToOuterDisposeScope(), open.narrow(1, 0, width).MoveToOuterDisposeScope());
    }

    /// <summary>Replaces at most so many of the open tokens of each text, those that promise most.</summary>
    private Tensor Replace(TextNetwork network, Tensor tokens, Tensor open, Tensor most, Tensor labels, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var mode = EvaluationMode.Of(network);
        var (moved, changed) = (tokens, zeros_like(most));
        for (var k = 1; k <= Steps; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (gain, best) = Best(network, moved, labels);
            gain = gain.masked_fill(open.logical_not(), float.NegativeInfinity);
            var quota = (most * k / Steps).ceil() - changed;
            var chosen = gain.argsort(1, descending: true).argsort(1, descending: false).lt(quota.unsqueeze(1)).logical_and(gain.gt(0));
            moved = where(chosen, best, moved);
            open = open.logical_and(chosen.logical_not());
            changed = changed + chosen.sum(dim: 1);
        }
        return moved.MoveToOuterDisposeScope();
    }

    /// <summary>The best substitute of each token and what it promises, each of shape <c>[N, T]</c>.</summary>
    private (Tensor Gain, Tensor Token) Best(TextNetwork network, Tensor tokens, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var embedded = network.Embed(tokens).detach().requires_grad_();
        var gradient = Gradient(network, embedded, tokens, labels);
        var table = network.Table.detach();
        var now = (gradient * embedded).sum(dim: -1);
        if (Near is null)
        {
            var scores = gradient.matmul(table.t());
            scores.narrow(-1, 0, TextEncoding.Unknown + 1).fill_(float.NegativeInfinity);
            var (value, token) = scores.max(-1);
            return ((value - now).MoveToOuterDisposeScope(), token.MoveToOuterDisposeScope());
        }
        var near = Near.Table.index_select(0, tokens.flatten()).reshape([.. tokens.shape, -1]);             // [N, T, K]
        var among = (table.index_select(0, near.flatten()).reshape([.. near.shape, table.shape[1]]) * gradient.unsqueeze(2)).sum(dim: -1);
        var (best, at) = among.masked_fill_(near.eq(TextEncoding.Padding), float.NegativeInfinity).max(-1, keepdim: true);
        return ((best.squeeze(-1) - now).MoveToOuterDisposeScope(), near.gather(-1, at).squeeze(-1).MoveToOuterDisposeScope());
    }

    private static Tensor Gradient(TextNetwork network, Tensor embedded, Tensor tokens, Tensor labels)
    {
        using var scope = NewDisposeScope();
        using var grad = enable_grad();
        var loss = nn.functional.cross_entropy(network.FromEmbedding(embedded, tokens), labels, reduction: nn.Reduction.Sum);
        return autograd.grad([loss], [embedded])[0].nan_to_num_(0).MoveToOuterDisposeScope();
    }
}
