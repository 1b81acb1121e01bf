using Adamant.Victims;
using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// Multi-head self-attention: each position becomes a mixture of all positions, weighted by how well its query fits their keys, once per head.
/// <code>
/// Q = query(X),  K = key(X),  V = value(X)
/// Aₕ = softmax(QₕKₕᵀ / √(d / heads)),  f(X) = output(concat(A₁V₁, A₂V₂, …))
/// </code>
/// </summary>
/// <remarks>
/// Does not know the order of the positions, and costs time and memory with the square of the length. The bias of the keys never matters: softmax
/// ignores what it adds. A layer, no network by itself. Parameters: <c>query</c>, <c>key</c>, <c>value</c>, <c>output</c>, each with weight and bias.
/// Source: Vaswani et al., "Attention is all you need", NeurIPS 2017, arXiv:1706.03762, §3.2.
/// </remarks>
public sealed class MultiHeadSelfAttention : nn.Module<Tensor, Tensor>
{
    private readonly Linear query, key, value, output;

    /// <summary>Builds the layer with PyTorch's default initialization of linear layers.</summary>
    /// <param name="dModel">Numbers per position, default 512.</param>
    /// <param name="heads">Divides <paramref name="dModel"/>, default 8.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1 or absurdly large.</exception>
    /// <exception cref="ArgumentException"><paramref name="heads"/> does not divide <paramref name="dModel"/>.</exception>
    public MultiHeadSelfAttention(int dModel = 512, int heads = 8) : base(nameof(MultiHeadSelfAttention))
    {
        DModel = Dimension.Check(dModel);
        Heads = Dimension.Check(heads);
        if (dModel % heads != 0)
            throw new ArgumentException($"Expected a number of heads that divides dModel = {dModel}, got {heads}.", nameof(heads));

        Dimension.Reserve(4L * dModel, dModel);
        query = nn.Linear(dModel, dModel);
        key = nn.Linear(dModel, dModel);
        value = nn.Linear(dModel, dModel);
        output = nn.Linear(dModel, dModel);
        register_module("query", query);
        register_module("key", key);
        register_module("value", value);
        register_module("output", output);
    }

    /// <summary>Numbers per position.</summary>
    public int DModel { get; }

    /// <summary>The number of heads.</summary>
    public int Heads { get; }

    /// <summary>Lets every position look at all positions.</summary>
    /// <param name="inputs">Shape <c>[N, T, dModel]</c>, <c>Float32</c>, T at least 1.</param>
    /// <returns>Shape <c>[N, T, dModel]</c>.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public override Tensor forward(Tensor inputs) => forward(inputs, null);

    /// <summary>Lets every position look at all positions that are not padding.</summary>
    /// <param name="inputs">Shape <c>[N, T, dModel]</c>, <c>Float32</c>, T at least 1.</param>
    /// <param name="padding">Shape <c>[N, T]</c>, <c>Bool</c>, true where nobody may look, nowhere true for a whole row; null for none.</param>
    /// <returns>Shape <c>[N, T, dModel]</c>.</returns>
    /// <exception cref="ArgumentException">A shape is another.</exception>
    public Tensor forward(Tensor inputs, Tensor? padding)
    {
        using var scope = NewDisposeScope();
        return Attend(inputs, padding).Outputs.MoveToOuterDisposeScope();
    }

    /// <summary>What <see cref="forward(Tensor, Tensor)"/> returns, and who looked at whom.</summary>
    /// <param name="inputs">Shape <c>[N, T, dModel]</c>, <c>Float32</c>, T at least 1.</param>
    /// <param name="padding">Shape <c>[N, T]</c>, <c>Bool</c>, true where nobody may look, nowhere true for a whole row; null for none.</param>
    /// <returns>Outputs <c>[N, T, dModel]</c>, and weights <c>[N, heads, T, T]</c> whose rows (of a query, over the keys) sum to 1.</returns>
    /// <exception cref="ArgumentException">A shape is another.</exception>
    public (Tensor Outputs, Tensor Weights) Attend(Tensor inputs, Tensor? padding = null)
    {
        Sequence.Check(new InputSpec([-1, DModel]), inputs);
        if (padding is not null) new InputSpec([inputs.shape[1]]).CheckShape(padding);

        using var scope = NewDisposeScope();
        var (q, k, v) = (Split(query.call(inputs)), Split(key.call(inputs)), Split(value.call(inputs)));
        var scores = q.matmul(k.transpose(-2, -1)) / Math.Sqrt(DModel / Heads);
        if (padding is not null) scores = scores.masked_fill(padding.unsqueeze(1).unsqueeze(1), double.NegativeInfinity);
        var weights = nn.functional.softmax(scores, -1);
        var heads = weights.matmul(v).transpose(1, 2).flatten(2);
        return (output.call(heads).MoveToOuterDisposeScope(), weights.MoveToOuterDisposeScope());
    }

    /// <summary><c>[N, T, dModel]</c> to <c>[N, heads, T, dModel / heads]</c>.</summary>
    private Tensor Split(Tensor x) => x.unflatten(2, Heads, DModel / Heads).transpose(1, 2);
}
