using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>Equal layers one after the other, and a normalization at the end: PyTorch's names for an encoder and a decoder, <c>layers</c> and <c>norm</c>.</summary>
internal sealed class LayerStack<TLayer> : nn.Module
    where TLayer : nn.Module
{
    private readonly LayerNorm norm;
    private readonly ModuleList<TLayer> layers;

    public LayerStack(string name, int dModel, int count, Func<TLayer> create) : base(name)
    {
        layers = nn.ModuleList(Enumerable.Range(0, count).Select(_ => create()).ToArray());
        norm = nn.LayerNorm(dModel);
        register_module("layers", layers);
        register_module("norm", norm);
    }

    /// <summary>Runs all layers.</summary>
    public Tensor Run(Tensor inputs, Func<TLayer, Tensor, Tensor> run)
    {
        using var scope = NewDisposeScope();
        return norm.call(layers.Aggregate(inputs, (x, layer) => run(layer, x))).MoveToOuterDisposeScope();
    }
}
