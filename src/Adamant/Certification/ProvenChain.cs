using Adamant.Engine;
using Adamant.Models;
using Adamant.Victims;
using TorchSharp.Modules;

namespace Adamant.Certification;

/// <summary>The layers of a network through which bounds can be carried.</summary>
internal sealed class ProvenChain
{
    /// <exception cref="ArgumentException">The network is no chain, or a layer of it is of another kind.</exception>
    public ProvenChain(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network is not IChain chain)
            throw new ArgumentException($"Expected a network that is a chain of layers ({nameof(IChain)}: an Mlp or a convolutional one), got {network.GetName()}. Certify others by randomized smoothing.", nameof(network));
        var stranger = chain.Layers.FirstOrDefault(layer => !IsKnown(layer));
        if (stranger is not null)
            throw new ArgumentException($"Expected layers of the kinds Linear, Conv2d (zero padding), ReLU, MaxPool2d, AvgPool2d, Flatten and Dropout, got {stranger.GetName()}.", nameof(network));
        if (chain.Layers[^1] is not Linear last) throw new ArgumentException($"Expected a last layer of the kind Linear, got {chain.Layers[^1].GetName()}.", nameof(network));
        (Input, Body, Last) = (network.Input, [.. chain.Layers.SkipLast(1)], last);
        IsConvolutional = Body.Any(layer => layer is Conv2d);
    }

    public InputSpec Input { get; }

    /// <summary>All layers but the last.</summary>
    public IReadOnlyList<nn.Module<Tensor, Tensor>> Body { get; }

    /// <summary>The layer that gives the logits.</summary>
    public Linear Last { get; }

    private bool IsConvolutional { get; }

    /// <summary>The boxes before each layer of the body, and before the last layer.</summary>
    public IReadOnlyList<Box> Bound(Box input) => Intervals.Through(Body, IsConvolutional ? new Box(ChannelsLast.Of(input.Lower), ChannelsLast.Of(input.Upper)) : input);

    private static bool IsKnown(nn.Module<Tensor, Tensor> layer) => layer switch
    {
        Conv2d conv => conv is { padding: not null, padding_mode: PaddingModes.Zeros },
        Linear or ReLU or MaxPool2d or AvgPool2d or Flatten or Dropout => true,
        _ => false,
    };
}
