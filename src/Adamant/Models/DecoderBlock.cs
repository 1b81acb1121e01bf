using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// One block of a decoder-only Transformer: attention to what came before, then a gated layer for each position alone.
/// <code>u = x + attention(norm₁(x)),  f(x) = u + down(SiLU(gate(norm₂(u))) ⊙ up(norm₂(u)))</code>
/// </summary>
/// <remarks>
/// The part of <see cref="DecoderTransformer"/> that repeats; no network by itself. Parameters: <c>norm1</c>, <c>attention.{qkv|output}</c>, <c>norm2</c>,
/// <c>gate_up</c> (first the gate), <c>down</c>; no biases. Source: Touvron et al., "LLaMA", arXiv:2302.13971, §2.2; gate: Shazeer, "GLU variants improve
/// Transformer", arXiv:2002.05202.
/// </remarks>
public sealed class DecoderBlock : nn.Module<Tensor, Tensor>
{
    private readonly RmsNorm norm1, norm2;
    private readonly CausalSelfAttention attention;
    private readonly Linear gate_up, down;
    private readonly Dropout dropout;
    private readonly int width;

    /// <summary>Builds the block with PyTorch's default initialization.</summary>
    /// <param name="dModel">Numbers per position.</param>
    /// <param name="heads">Divides <paramref name="dModel"/> into even parts.</param>
    /// <param name="keyValueHeads">Divides <paramref name="heads"/>.</param>
    /// <param name="feedForward">The width of the gated layer; usually 8/3 of <paramref name="dModel"/>.</param>
    /// <param name="dropout">The share of either part's outputs that training leaves out, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1 or absurdly large.</exception>
    /// <exception cref="ArgumentException">A number does not divide as it should.</exception>
    public DecoderBlock(int dModel, int heads, int keyValueHeads, int feedForward, double dropout = 0) : base(nameof(DecoderBlock))
    {
        Dimension.Check(dModel);
        Dimension.Check(feedForward);
        norm1 = new RmsNorm(dModel);
        attention = new CausalSelfAttention(dModel, heads, keyValueHeads);
        norm2 = new RmsNorm(dModel);
        Dimension.Reserve(3L * dModel, feedForward);
        gate_up = nn.Linear(dModel, 2L * feedForward, hasBias: false);
        down = nn.Linear(feedForward, dModel, hasBias: false);
        this.dropout = nn.Dropout(dropout);
        width = dModel / heads;
        register_module("norm1", norm1);
        register_module("attention", attention);
        register_module("norm2", norm2);
        register_module("gate_up", gate_up);
        register_module("down", down);
        register_module("dropout", this.dropout);
    }

    /// <summary>Mixes each position with those before it, then works on each alone.</summary>
    /// <param name="inputs">Shape <c>[N, T, dModel]</c>, <c>Float32</c>, T at least 1.</param>
    /// <returns>Shape <c>[N, T, dModel]</c>.</returns>
    public override Tensor forward(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return forward(inputs, CausalSelfAttention.Rotation(0, inputs.shape[1], width), null, "").MoveToOuterDisposeScope();
    }

    /// <summary>The same, after the positions that a memory holds under a name.</summary>
    internal Tensor forward(Tensor inputs, Tensor rotation, LanguageMemory? memory, string name)
    {
        using var scope = NewDisposeScope();
        var x = inputs + Drop(attention.forward(norm1.call(inputs), rotation, memory, name));
        var parts = gate_up.call(norm2.call(x)).chunk(2, -1);
        return (x + Drop(down.call(nn.functional.silu(parts[0]) * parts[1]))).MoveToOuterDisposeScope();
    }

    private Tensor Drop(Tensor x) => training ? dropout.call(x) : x;
}
