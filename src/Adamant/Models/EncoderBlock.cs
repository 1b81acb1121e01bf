using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// One block of a Transformer's encoder, normalized before each part, so that the sum runs through untouched.
/// <code>u = x + dropout(attention(norm₁(x))),  f(x) = u + dropout(W₂ GELU(W₁ norm₂(u) + b₁) + b₂)</code>
/// </summary>
/// <remarks>
/// The part that repeats in <see cref="TransformerClassifier"/> and its like; no network by itself. GELU is the exact one, not
/// the tanh approximation. Parameters: <c>norm1</c>, <c>attention.{query|key|value|output}</c>, <c>norm2</c>, <c>fc1</c>, <c>fc2</c>.
/// Source: Vaswani et al., NeurIPS 2017, arXiv:1706.03762, §3.1; norm first: Xiong et al., "On layer normalization in the Transformer architecture",
/// ICML 2020, arXiv:2002.04745; GELU: Hendrycks, Gimpel, arXiv:1606.08415.
/// </remarks>
public sealed class EncoderBlock : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly LayerNorm norm1, norm2;
    private readonly MultiHeadSelfAttention attention;
    private readonly Linear fc1, fc2;
    private readonly Dropout dropout;

    /// <summary>Builds the block with PyTorch's default initialization.</summary>
    /// <param name="dModel">Numbers per position.</param>
    /// <param name="heads">Divides <paramref name="dModel"/>.</param>
    /// <param name="feedForward">The width of the hidden layer after the attention; usually four times <paramref name="dModel"/>.</param>
    /// <param name="dropout">The share of what each part adds that is dropped in training, in [0, 1), default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1 or absurdly large, or the share is outside [0, 1).</exception>
    /// <exception cref="ArgumentException"><paramref name="heads"/> does not divide <paramref name="dModel"/>.</exception>
    public EncoderBlock(int dModel, int heads, int feedForward, double dropout = 0) : base(nameof(EncoderBlock))
    {
        Dimension.Check(dModel);
        Dimension.Check(feedForward);
        Dimension.CheckShare(dropout);
        Dimension.Reserve(2L * dModel, feedForward);
        norm1 = nn.LayerNorm(dModel);
        attention = new MultiHeadSelfAttention(dModel, heads);
        norm2 = nn.LayerNorm(dModel);
        fc1 = nn.Linear(dModel, feedForward);
        fc2 = nn.Linear(feedForward, dModel);
        this.dropout = nn.Dropout(dropout);
        register_module("norm1", norm1);
        register_module("attention", attention);
        register_module("norm2", norm2);
        register_module("fc1", fc1);
        register_module("fc2", fc2);
        register_module("dropout", this.dropout);
    }

    /// <summary>Mixes the positions, then works on each alone.</summary>
    /// <param name="inputs">Shape <c>[N, T, dModel]</c>, <c>Float32</c>, T at least 1.</param>
    /// <param name="padding">Shape <c>[N, T]</c>, <c>Bool</c>, true where nobody may look, nowhere true for a whole row; null for none.</param>
    /// <returns>Shape <c>[N, T, dModel]</c>.</returns>
    /// <exception cref="ArgumentException">A shape is another.</exception>
    public override Tensor forward(Tensor inputs, Tensor? padding = null)
    {
        using var scope = NewDisposeScope();
        var normal = norm1.call(inputs);
        var mixed = padding is null ? attention.call(normal) : attention.forward(normal, padding);
        return Alone(inputs + dropout.call(mixed)).MoveToOuterDisposeScope();
    }

    /// <summary>What <see cref="forward"/> returns, and who looked at whom.</summary>
    /// <param name="inputs">As in <see cref="forward"/>.</param>
    /// <param name="padding">As in <see cref="forward"/>.</param>
    /// <returns>Outputs <c>[N, T, dModel]</c>, and weights <c>[N, heads, T, T]</c> whose rows (of a query, over the keys) sum to 1.</returns>
    /// <exception cref="ArgumentException">A shape is another.</exception>
    public (Tensor Outputs, Tensor Weights) Attend(Tensor inputs, Tensor? padding = null)
    {
        using var scope = NewDisposeScope();
        var (mixed, weights) = attention.Attend(norm1.call(inputs), padding);
        return (Alone(inputs + dropout.call(mixed)).MoveToOuterDisposeScope(), weights.MoveToOuterDisposeScope());
    }

    private Tensor Alone(Tensor x) => x + dropout.call(fc2.call(nn.functional.gelu(fc1.call(norm2.call(x)))));
}
