using Adamant.Models;

namespace Adamant.Explaining;

/// <summary>
/// Who looks at whom in a Transformer, per block and head, and what that comes to over all blocks.
/// <code>
/// Āₗ = ½ · mean over heads of Aₗ + ½ · I,  rollout = Ā_L ⋯ Ā₂ Ā₁
/// entropy = −Σⱼ Aᵢⱼ ln Aᵢⱼ,  mean over the queries i
/// </code>
/// </summary>
/// <remarks>
/// Weights say where a position reads from, not what it takes from there: a position may look at a token whose value is next to nothing. Rollout takes all heads for
/// equal and the sum past each block for one half. Source: Abnar, Zuidema, "Quantifying Attention Flow in Transformers", ACL 2020, arXiv:2005.00928, §3; a doubt
/// worth knowing: Jain, Wallace, "Attention is not Explanation", NAACL 2019, arXiv:1902.10186.
/// </remarks>
public sealed record AttentionMaps
{
    /// <summary>By block, head, query and key: from 0 to 1, each row sums to 1.</summary>
    public required IReadOnlyList<IReadOnlyList<IReadOnlyList<IReadOnlyList<float>>>> Weights { get; init; }

    /// <summary>By query after the last block and key before the first: each row sums to 1.</summary>
    public required IReadOnlyList<IReadOnlyList<float>> Rollout { get; init; }

    /// <summary>By block and head, in nats: 0 for a head that looks at one position each, <see cref="MostEntropy"/> for one that looks everywhere alike.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Entropy { get; init; }

    /// <summary>ln T.</summary>
    public double MostEntropy => Math.Log(Rollout.Count);

    /// <summary>Looks into a network while it reads one sample.</summary>
    /// <param name="network">Shows its attention.</param>
    /// <param name="inputs">One sample without padding, <c>[1, …]</c>.</param>
    /// <exception cref="ArgumentException">Not one sample, or of another shape.</exception>
    public static AttentionMaps Of(IAttention network, Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.dim() == 0 || inputs.shape[0] != 1)
            throw new ArgumentException($"Expected one sample, shape [1, …], got [{string.Join(", ", inputs.shape)}].", nameof(inputs));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return From([.. network.Attend(inputs).Weights.Select(w => w[0])]);
    }

    /// <summary>From the weights alone.</summary>
    /// <param name="blocks">The first block first, each <c>[heads, T, T]</c> with rows that sum to 1.</param>
    /// <exception cref="ArgumentException">No block.</exception>
    public static AttentionMaps From(IReadOnlyList<Tensor> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        if (blocks.Count == 0) throw new ArgumentException("Expected the weights of at least one block, got none.", nameof(blocks));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var itself = eye(blocks[0].shape[^1]);
        var rollout = itself;
        foreach (var block in blocks) rollout = ((block.mean([0]) + itself) / 2).matmul(rollout);
        return new AttentionMaps
        {
            Weights = [.. blocks.Select(block => (float[][][])[.. block.unbind(0).Select(Rows)])],
            Rollout = Rows(rollout),
            Entropy = [.. blocks.Select(block => Numbers.Of(special.entr(block).sum(dim: 2).mean([1])).Select(v => (double)v).ToArray())],
        };
    }

    private static float[][] Rows(Tensor square) => [.. Numbers.Of(square).Chunk((int)square.shape[1])];
}
