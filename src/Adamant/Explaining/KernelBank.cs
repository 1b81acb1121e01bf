using Adamant.Models;
using TorchSharp.Modules;

namespace Adamant.Explaining;

/// <summary>The kernels of a convolution: the patterns that it looks for.</summary>
/// <remarks>Those of the first layer can be read as pictures of edges and spots; deeper ones mix channels of the layer before, and say little by themselves.</remarks>
public sealed record KernelBank
{
    private const int MostOutputs = 64, MostInputs = 8;

    /// <summary>The layer's name: <c>conv1</c>.</summary>
    public required string Layer { get; init; }

    /// <summary>The shape of the weights: <c>[outputs, inputs, height, width]</c>.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>How many of the inputs are kept, at most 8.</summary>
    public required int Inputs { get; init; }

    /// <summary>For each of the first outputs, at most 64: the kernels of the first inputs one after the other, row by row.</summary>
    public required IReadOnlyList<IReadOnlyList<float>> Kernels { get; init; }

    /// <summary>The kernels of all convolutions directly below a network, in the order of its layers.</summary>
    /// <param name="network">Any; one without convolutions gives nothing.</param>
    public static IReadOnlyList<KernelBank> Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return [.. network.named_children().Where(child => child.module is Conv2d).Select(child => Of(child.name, ((Conv2d)child.module).weight))];
    }

    private static KernelBank Of(string layer, Tensor weight)
    {
        using var scope = NewDisposeScope();
        var shape = weight.shape;
        var inputs = Math.Min(MostInputs, shape[1]);
        var kept = weight.narrow(0, 0, Math.Min(MostOutputs, shape[0])).narrow(1, 0, inputs);
        return new KernelBank
        {
            Layer = layer,
            Shape = shape,
            Inputs = (int)inputs,
            Kernels = [.. Numbers.Of(kept).Chunk((int)(inputs * shape[2] * shape[3]))],
        };
    }
}
