using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// Self-attention of a text that is still being written: each position looks at itself and at those before it, whose distance it feels by rotation.
/// <code>
/// q, k, v = split(qkv(X)),  qₜ ← R(t) qₜ,  kₜ ← R(t) kₜ
/// Aₕ = softmax(mask(Qₕ Kᵍ₍ₕ₎ᵀ / √d)),  f(X) = output(concat(A₁Vᵍ₍₁₎, A₂Vᵍ₍₂₎, …))
/// </code>
/// </summary>
/// <remarks>
/// Several query heads h share one head g(h) of keys and values, which makes the memory of a text smaller by that factor. R(t) turns the pairs (x₀, x₁),
/// (x₂, x₃), … by the angles t · 10000^(−2i/d). A layer, no network by itself. Parameters: <c>qkv.weight</c>, <c>output.weight</c>.
/// Source: Vaswani et al., arXiv:1706.03762, §3.2; rotation: Su et al., "RoFormer", arXiv:2104.09864, §3.2; shared heads: Ainslie et al., EMNLP 2023,
/// arXiv:2305.13245.
/// </remarks>
public sealed class CausalSelfAttention : nn.Module<Tensor, Tensor>
{
    private readonly Linear qkv, output;
    private readonly int heads, groups, width;

    /// <summary>Builds the layer with PyTorch's default initialization.</summary>
    /// <param name="dModel">Numbers per position.</param>
    /// <param name="heads">Divides <paramref name="dModel"/> into even parts.</param>
    /// <param name="keyValueHeads">Divides <paramref name="heads"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1 or absurdly large.</exception>
    /// <exception cref="ArgumentException">A number does not divide as it should.</exception>
    public CausalSelfAttention(int dModel, int heads, int keyValueHeads) : base(nameof(CausalSelfAttention))
    {
        Dimension.Check(dModel);
        this.heads = Dimension.Check(heads);
        groups = Dimension.Check(keyValueHeads);
        if (dModel % (2L * heads) != 0) throw new ArgumentException($"Expected heads of an even width: a number that divides dModel / 2 = {dModel / 2.0}, got {heads}.", nameof(heads));
        if (heads % keyValueHeads != 0) throw new ArgumentException($"Expected a number of key and value heads that divides heads = {heads}, got {keyValueHeads}.", nameof(keyValueHeads));

        width = dModel / heads;
        Dimension.Reserve(dModel, (2L * dModel) + (2L * groups * width));
        qkv = nn.Linear(dModel, (heads + (2 * groups)) * width, hasBias: false);
        output = nn.Linear(dModel, dModel, hasBias: false);
        register_module("qkv", qkv);
        register_module("output", output);
    }

    /// <summary>Lets every position look at itself and those before it.</summary>
    /// <param name="inputs">Shape <c>[N, T, dModel]</c>, <c>Float32</c>, T at least 1.</param>
    /// <returns>Shape <c>[N, T, dModel]</c>.</returns>
    public override Tensor forward(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return forward(inputs, Rotation(0, inputs.shape[1], width), null, "").MoveToOuterDisposeScope();
    }

    /// <summary>The same, after the positions that a memory holds under a name.</summary>
    internal Tensor forward(Tensor inputs, Tensor rotation, LanguageMemory? memory, string name)
    {
        using var scope = NewDisposeScope();
        var shape = inputs.shape;
        var (batch, length) = (shape[0], shape[1]);
        var all = qkv.call(inputs).view(batch, length, heads + (2 * groups), width).transpose(1, 2);
        var turned = Turn(all.narrow(1, 0, heads + groups), rotation);
        var (q, k, v) = (turned.narrow(1, 0, heads), turned.narrow(1, heads, groups), all.narrow(1, heads + groups, groups));
        var past = memory?.Length ?? 0;
        if (memory is not null) (k, v) = (memory.Append($"{name}.k", k), memory.Append($"{name}.v", v));
        return output.call(Mix(q, k, v, past).reshape(batch, length, -1)).MoveToOuterDisposeScope();
    }

    /// <summary>Queries of T positions over keys of past + T, to <c>[N, T, heads, width]</c>.</summary>
    private Tensor Mix(Tensor q, Tensor k, Tensor v, long past)
    {
        var length = q.shape[2];
        if (length == 1)                                        // the queries of a group are rows over the same keys: nothing is copied
            return Attend(q.reshape(q.shape[0], groups, heads / groups, width), k, v, null, false).reshape(q.shape[0], 1, heads, width);
        if (heads > groups) (k, v) = (k.repeat_interleave(heads / groups, 1), v.repeat_interleave(heads / groups, 1));
        var mask = past == 0 ? null : ones([length, past + length], ScalarType.Bool).tril(past);
        return Attend(q, k, v, mask, past == 0).transpose(1, 2);
    }

    private static Tensor Attend(Tensor q, Tensor k, Tensor v, Tensor? mask, bool causal) =>
        nn.functional.scaled_dot_product_attention(q, k, v, mask!, 0, causal);

    /// <summary>R(t) for positions from <paramref name="start"/>: complex numbers of length 1, shape <c>[T, width / 2]</c>.</summary>
    internal static Tensor Rotation(long start, long count, int width)
    {
        using var scope = NewDisposeScope();
        var frequencies = (arange(0, width, 2, ScalarType.Float64) * (-Math.Log(10000) / width)).exp_();
        var angles = arange(start, start + count, ScalarType.Float64).unsqueeze(1).mul(frequencies).to_type(ScalarType.Float32);
        return polar(ones_like(angles), angles).MoveToOuterDisposeScope();
    }

    /// <summary>A pair of neighbors is a complex number, which a rotation multiplies.</summary>
    private static Tensor Turn(Tensor x, Tensor rotation) =>
        view_as_complex(x.unflatten(3, x.shape[3] / 2, 2)).mul(rotation).view_as_real().flatten(3);
}
