using Adamant.Victims;
using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// Multi-head attention of one sequence to another, or to itself, under PyTorch's names.
/// <code>Q = X Wqᵀ + bq,  K = Y Wkᵀ + bk,  V = Y Wvᵀ + bv;  Aₕ = softmax(mask(QₕKₕᵀ / √(d / heads))),  f(X, Y) = out_proj(concat(A₁V₁, …))</code>
/// </summary>
/// <remarks>
/// A layer, no network by itself. Parameters: <c>in_proj_weight</c> (Wq over Wk over Wv), <c>in_proj_bias</c>, <c>out_proj.weight</c>, <c>out_proj.bias</c>.
/// Source: Vaswani et al., "Attention is all you need", NeurIPS 2017, arXiv:1706.03762, §3.2.
/// </remarks>
public sealed class CrossAttention : nn.Module<Tensor, Tensor, Tensor?, Tensor>
{
    private readonly Parameter in_proj_weight, in_proj_bias;
    private readonly Linear out_proj;
    private readonly int width, heads;

    /// <summary>Builds the layer with PyTorch's default initialization of <c>nn.MultiheadAttention</c>: Glorot's for the three projections, zero for biases.</summary>
    /// <param name="dModel">Numbers per position.</param>
    /// <param name="heads">Divides <paramref name="dModel"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1 or absurdly large.</exception>
    /// <exception cref="ArgumentException"><paramref name="heads"/> does not divide <paramref name="dModel"/>.</exception>
    public CrossAttention(int dModel, int heads) : base(nameof(CrossAttention))
    {
        width = Dimension.Check(dModel);
        this.heads = Dimension.Check(heads);
        if (dModel % heads != 0) throw new ArgumentException($"Expected a number of heads that divides dModel = {dModel}, got {heads}.", nameof(heads));

        Dimension.Reserve(4L * dModel, dModel);
        in_proj_weight = Projection(3L * dModel, dModel);
        in_proj_bias = Projection(3L * dModel);
        out_proj = nn.Linear(dModel, dModel);
        using (no_grad()) out_proj.bias!.fill_(0);
        register_parameter("in_proj_weight", in_proj_weight);
        register_parameter("in_proj_bias", in_proj_bias);
        register_module("out_proj", out_proj);
    }

    /// <summary>Lets each position of one sequence look at all positions of the other that are not hidden.</summary>
    /// <param name="queries">Shape <c>[N, T, dModel]</c>, <c>Float32</c>.</param>
    /// <param name="memory">Shape <c>[N, S, dModel]</c>, <c>Float32</c>.</param>
    /// <param name="hidden">Broadcasts to <c>[N, heads, T, S]</c>, <c>Bool</c>, true where nobody may look, nowhere true for a whole row; null for none.</param>
    /// <returns>Shape <c>[N, T, dModel]</c>.</returns>
    public override Tensor forward(Tensor queries, Tensor memory, Tensor? hidden)
    {
        new InputSpec([-1, width]).CheckShape(queries);
        new InputSpec([-1, width]).CheckShape(memory);
        using var scope = NewDisposeScope();
        var q = Split(nn.functional.linear(queries, in_proj_weight.narrow(0, 0, width), in_proj_bias.narrow(0, 0, width)));
        var both = nn.functional.linear(memory, in_proj_weight.narrow(0, width, 2L * width), in_proj_bias.narrow(0, width, 2L * width)).chunk(2, -1);
        var (k, v) = (Split(both[0]), Split(both[1]));
        var mixed = nn.functional.scaled_dot_product_attention(q, k, v, hidden?.logical_not()!, 0, false);
        return out_proj.call(mixed.transpose(1, 2).flatten(2)).MoveToOuterDisposeScope();
    }

    private static Parameter Projection(params long[] shape)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var values = zeros(shape);
        if (shape.Length == 2) nn.init.xavier_uniform_(values);
        return (Parameter)new Parameter(values).DetachFromDisposeScope();
    }

    /// <summary><c>[N, T, dModel]</c> to <c>[N, heads, T, dModel / heads]</c>.</summary>
    private Tensor Split(Tensor x) => x.unflatten(2, heads, width / heads).transpose(1, 2);
}
