using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// One layer of the original Transformer's encoder, normalized after each part.
/// <code>u = norm₁(x + attention(x, x)),  f(x) = norm₂(u + W₂ max(0, W₁u + b₁) + b₂)</code>
/// </summary>
/// <remarks>
/// Names and numbers of PyTorch's <c>nn.TransformerEncoderLayer(norm_first=False)</c>: <c>self_attn</c>, <c>linear1</c>, <c>linear2</c>, <c>norm1</c>, <c>norm2</c>.
/// Learns only with a warm-up of the learning rate; <see cref="EncoderBlock"/> does without. Source: Vaswani et al., arXiv:1706.03762, §3.1.
/// </remarks>
public sealed class PostNormEncoderLayer : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly CrossAttention self_attn;
    private readonly Linear linear1, linear2;
    private readonly LayerNorm norm1, norm2;
    private readonly Dropout dropout;

    /// <summary>Builds the layer with PyTorch's default initialization.</summary>
    /// <param name="dModel">Numbers per position.</param>
    /// <param name="heads">Divides <paramref name="dModel"/>.</param>
    /// <param name="feedForward">The width of the hidden layer.</param>
    /// <param name="dropout">The share that training leaves out of each part's outputs and of the hidden layer, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1 or absurdly large.</exception>
    /// <exception cref="ArgumentException"><paramref name="heads"/> does not divide <paramref name="dModel"/>.</exception>
    public PostNormEncoderLayer(int dModel, int heads, int feedForward, double dropout = 0) : base(nameof(PostNormEncoderLayer))
    {
        self_attn = new CrossAttention(dModel, heads);
        Dimension.Check(feedForward);
        Dimension.Reserve(2L * dModel, feedForward);
        linear1 = nn.Linear(dModel, feedForward);
        linear2 = nn.Linear(feedForward, dModel);
        norm1 = nn.LayerNorm(dModel);
        norm2 = nn.LayerNorm(dModel);
        this.dropout = nn.Dropout(dropout);
        register_module("self_attn", self_attn);
        register_module("linear1", linear1);
        register_module("linear2", linear2);
        register_module("norm1", norm1);
        register_module("norm2", norm2);
        register_module("dropout", this.dropout);
    }

    /// <summary>Mixes the positions, then works on each alone.</summary>
    /// <param name="inputs">Shape <c>[N, S, dModel]</c>, <c>Float32</c>.</param>
    /// <param name="hidden">Broadcasts to <c>[N, heads, S, S]</c>, <c>Bool</c>, true where nobody may look; null for none.</param>
    /// <returns>Shape <c>[N, S, dModel]</c>.</returns>
    public override Tensor forward(Tensor inputs, Tensor? hidden = null)
    {
        using var scope = NewDisposeScope();
        var x = norm1.call(inputs + dropout.call(self_attn.call(inputs, inputs, hidden)));
        var worked = linear2.call(dropout.call(nn.functional.relu(linear1.call(x))));
        return norm2.call(x + dropout.call(worked)).MoveToOuterDisposeScope();
    }
}
