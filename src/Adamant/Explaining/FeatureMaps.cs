using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Explaining;

/// <summary>What one stage of a convolutional network makes of an image: one map per channel.</summary>
/// <remarks>
/// As the layer gives it, before any activation. Maps show what excites a channel in this one image, not what the channel means. Maps with a side above
/// 64 are averaged down to it, and no more than the first 32 channels are kept.
/// Source: Zeiler, Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014, arXiv:1311.2901, §4.1.
/// </remarks>
public sealed record FeatureMaps
{
    private const int MostMaps = 32;
    private const long LongestSide = 64;

    /// <summary>The layer's name: <c>conv1</c>.</summary>
    public required string Layer { get; init; }

    /// <summary>The layer's type: <c>Conv2d</c>, <c>MaxPool2d</c>, <c>Linear</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The shape of the layer's output for one image: <c>[channels, height, width]</c>, or <c>[width]</c> of a linear layer.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>Height of a map as kept here; 1 of a linear layer.</summary>
    public required int Height { get; init; }

    /// <summary>Width of a map as kept here.</summary>
    public required int Width { get; init; }

    /// <summary>The first channels' maps, row by row; the single row of a linear layer.</summary>
    public required IReadOnlyList<IReadOnlyList<float>> Maps { get; init; }

    /// <summary>Runs one image through a network and keeps what each layer gives, in the order of the calls.</summary>
    /// <param name="network">Its layers are direct children and are used through <c>call</c>.</param>
    /// <param name="victim">The network with its normalization.</param>
    /// <param name="image">Shape <c>[1, channels, height, width]</c>.</param>
    /// <returns>One entry per layer whose output is maps or a row.</returns>
    public static IReadOnlyList<FeatureMaps> Of(Network network, IScoring victim, Tensor image)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(victim);
        using var scope = NewDisposeScope();
        return [.. LayerTrace.Of(network, victim, image).Where(t => t.Layer is not TorchSharp.Modules.Dropout && t.Output.dim() is 2 or 4).Select(Stage)];
    }

    private static FeatureMaps Stage(LayerTrace trace)
    {
        using var scope = NewDisposeScope();
        var output = trace.Output[0];
        var shape = output.shape;
        if (shape is [var width])
            return new() { Layer = trace.Name, Kind = trace.Layer.GetType().Name, Shape = shape, Height = 1, Width = (int)width, Maps = [Numbers.Of(output)] };

        var kept = output.narrow(0, 0, Math.Min(MostMaps, shape[0]));
        if (Math.Max(shape[1], shape[2]) > LongestSide)
            kept = nn.functional.adaptive_avg_pool2d(kept, [Math.Min(LongestSide, shape[1]), Math.Min(LongestSide, shape[2])]);
        var (height, columns) = ((int)kept.shape[1], (int)kept.shape[2]);
        return new()
        {
            Layer = trace.Name,
            Kind = trace.Layer.GetType().Name,
            Shape = shape,
            Height = height,
            Width = columns,
            Maps = [.. Numbers.Of(kept).Chunk(height * columns)],
        };
    }
}
