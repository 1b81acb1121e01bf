using Adamant.Models;
using TorchSharp.Modules;

namespace Adamant.Explaining;

/// <summary>
/// How many weights a layer has, and how many a dense layer between the same shapes would need.
/// <code>convolution: (C·k² + 1)·C′ for any image;   dense: (C·H·W + 1)·C′·H′·W′</code>
/// </summary>
/// <param name="Layer">The layer's name: <c>conv1</c>.</param>
/// <param name="Kind">The layer's type: <c>Conv2d</c>.</param>
/// <param name="Input">The shape of one sample that goes in.</param>
/// <param name="Output">The shape of one sample that comes out.</param>
/// <param name="Parameters">The trainable numbers of the real layer.</param>
/// <param name="DenseParameters">Those of a linear layer with bias from all inputs to all outputs; the layer's own where it has none to compare.</param>
public sealed record LayerCost(string Layer, string Kind, IReadOnlyList<long> Input, IReadOnlyList<long> Output, long Parameters, long DenseParameters)
{
    /// <summary>Measures the layers directly below a network in one forward pass of zeros.</summary>
    /// <param name="network">Takes inputs of one size; layers without parameters are left out.</param>
    /// <exception cref="ArgumentException">The network takes inputs of any length: its dense twin has no size.</exception>
    public static IReadOnlyList<LayerCost> Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Input.Shape.Contains(-1)) throw new ArgumentException($"Expected a network of inputs of one size, got {network.Input}.", nameof(network));
        using var scope = NewDisposeScope();
        using var victim = network.AsVictim();
        var inputs = zeros([1, .. network.Input.Shape], network.Input.Type);
        return [.. LayerTrace.Of(network, victim, inputs).Select(Of).Where(cost => cost.Parameters > 0)];
    }

    private static LayerCost Of(LayerTrace trace)
    {
        var (input, output) = (trace.Input[1..], trace.Output.shape[1..]);
        var own = trace.Layer.parameters().Sum(p => p.numel());
        var dense = trace.Layer is Conv2d ? (Size(input) + 1) * Size(output) : own;
        return new LayerCost(trace.Name, trace.Layer.GetType().Name, input, output, own, dense);
    }

    private static long Size(long[] shape) => shape.Aggregate(1L, (all, side) => checked(all * side));
}
