using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// Root-mean-square normalization: each vector is brought to length √n and scaled, without taking its mean away.
/// <code>f(x) = w ⊙ x / √(mean(x²) + ε)</code>
/// </summary>
/// <remarks>
/// Cheaper than layer normalization and as good in Transformers. A layer, no network by itself. Parameter: <c>weight</c>. ε is 1e-5.
/// Source: Zhang, Sennrich, "Root mean square layer normalization", NeurIPS 2019, arXiv:1910.07467.
/// </remarks>
public sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;

    /// <summary>Builds the layer with weights of one.</summary>
    /// <param name="width">The length of a vector.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1 or absurdly large.</exception>
    public RmsNorm(int width) : base(nameof(RmsNorm))
    {
        Dimension.Check(width);
        Dimension.Reserve(1, width);
        weight = new Parameter(ones(width));
        weight.DetachFromDisposeScope();
        register_parameter("weight", weight);
    }

    /// <summary>Normalizes the last dimension.</summary>
    /// <param name="inputs">Shape <c>[…, width]</c>, <c>Float32</c>.</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        var size = inputs.square().mean([-1L], keepdim: true);
        return (inputs * size.add_(1e-5).rsqrt_() * weight).MoveToOuterDisposeScope();
    }
}
