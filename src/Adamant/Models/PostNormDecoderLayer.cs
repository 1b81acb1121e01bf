using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// One layer of the original Transformer's decoder, normalized after each part: looks at what is written, then at what is to be translated.
/// <code>u = norm₁(x + attention(x, x)),  w = norm₂(u + attention(u, m)),  f(x, m) = norm₃(w + W₂ max(0, W₁w + b₁) + b₂)</code>
/// </summary>
/// <remarks>
/// Names and numbers of PyTorch's <c>nn.TransformerDecoderLayer(norm_first=False)</c>: <c>self_attn</c>, <c>multihead_attn</c>, <c>linear1</c>, <c>linear2</c>,
/// <c>norm1</c>, <c>norm2</c>, <c>norm3</c>. Source: Vaswani et al., "Attention is all you need", NeurIPS 2017, arXiv:1706.03762, §3.1.
/// </remarks>
public sealed class PostNormDecoderLayer : nn.Module
{
    private readonly CrossAttention self_attn, multihead_attn;
    private readonly Linear linear1, linear2;
    private readonly LayerNorm norm1, norm2, norm3;
    private readonly Dropout dropout;

    /// <summary>Builds the layer with PyTorch's default initialization.</summary>
    /// <param name="dModel">Numbers per position.</param>
    /// <param name="heads">Divides <paramref name="dModel"/>.</param>
    /// <param name="feedForward">The width of the hidden layer.</param>
    /// <param name="dropout">The share that training leaves out of each part's outputs and of the hidden layer, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1 or absurdly large.</exception>
    /// <exception cref="ArgumentException"><paramref name="heads"/> does not divide <paramref name="dModel"/>.</exception>
    public PostNormDecoderLayer(int dModel, int heads, int feedForward, double dropout = 0) : base(nameof(PostNormDecoderLayer))
    {
        self_attn = new CrossAttention(dModel, heads);
        multihead_attn = new CrossAttention(dModel, heads);
        Dimension.Check(feedForward);
        Dimension.Reserve(2L * dModel, feedForward);
        linear1 = nn.Linear(dModel, feedForward);
        linear2 = nn.Linear(feedForward, dModel);
        (norm1, norm2, norm3) = (nn.LayerNorm(dModel), nn.LayerNorm(dModel), nn.LayerNorm(dModel));
        this.dropout = nn.Dropout(dropout);
        register_module("self_attn", self_attn);
        register_module("multihead_attn", multihead_attn);
        register_module("linear1", linear1);
        register_module("linear2", linear2);
        register_module("norm1", norm1);
        register_module("norm2", norm2);
        register_module("norm3", norm3);
        register_module("dropout", this.dropout);
    }

    /// <summary>Mixes the positions with those before and with the other sequence, then works on each alone.</summary>
    /// <param name="inputs">Shape <c>[N, T, dModel]</c>, <c>Float32</c>.</param>
    /// <param name="memory">What the encoder made, shape <c>[N, S, dModel]</c>.</param>
    /// <param name="hidden">Where nobody may look among the inputs: broadcasts to <c>[N, heads, T, T]</c>, <c>Bool</c>.</param>
    /// <param name="hiddenMemory">Where nobody may look in the memory: broadcasts to <c>[N, heads, T, S]</c>, <c>Bool</c>; null for none.</param>
    /// <returns>Shape <c>[N, T, dModel]</c>.</returns>
    public Tensor forward(Tensor inputs, Tensor memory, Tensor hidden, Tensor? hiddenMemory)
    {
        using var scope = NewDisposeScope();
        var x = norm1.call(inputs + dropout.call(self_attn.call(inputs, inputs, hidden)));
        x = norm2.call(x + dropout.call(multihead_attn.call(x, memory, hiddenMemory)));
        var worked = linear2.call(dropout.call(nn.functional.relu(linear1.call(x))));
        return norm3.call(x + dropout.call(worked)).MoveToOuterDisposeScope();
    }
}
