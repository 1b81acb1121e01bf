using Adamant.Engine;
using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// The classic small convolutional network: two padded 5×5 convolutions with pooling, and a hidden layer with dropout.
/// <code>[C, S, S] → conv 32 → pool → [32, S/2, S/2] → conv 64 → pool → [64, S/4, S/4] → 512 → dropout ½ → classes</code>
/// </summary>
/// <remarks>
/// Easy to fool when trained without attacks. At 3×32×32 and 10 classes: 2,156,490 parameters, 35 MFLOP per image forward. Runs in channels-last
/// layout. Parameters: <c>conv1</c>, <c>conv2</c>, <c>fc1</c>, <c>fc2</c>, each with weight and bias.
/// Source: LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document recognition", Proceedings of the IEEE 86, 1998; dropout:
/// Srivastava et al., JMLR 15, 2014.
/// </remarks>
public sealed class SimpleCnn : ImageNetwork, IChain
{
    private readonly Conv2d conv1, conv2;
    private readonly MaxPool2d pool1, pool2;
    private readonly Linear fc1, fc2;
    private readonly Dropout dropout;

    /// <summary>Builds the network with PyTorch's default initialization.</summary>
    /// <param name="classes">The number of outputs, default 10.</param>
    /// <param name="channels">Channels of an image, default 3.</param>
    /// <param name="size">Height and width of an image in pixels, divisible by 4, default 32.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small or absurdly large.</exception>
    /// <exception cref="ArgumentException"><paramref name="size"/> is not divisible by 4.</exception>
    public SimpleCnn(int classes = 10, int channels = 3, int size = 32)
        : base(nameof(SimpleCnn), classes, channels, size, smallest: 4)
    {
        if (size % 4 != 0)
            throw new ArgumentException($"Expected a size divisible by 4 (it is halved twice), got {size}. Resize or pad the images.", nameof(size));

        Dimension.Reserve(channels, 32 * 5 * 5);
        Dimension.Reserve(32 * 5 * 5, 64);
        Dimension.Reserve(64L * (size / 4) * (size / 4), 512);
        Dimension.Reserve(512, classes);
        conv1 = nn.Conv2d(channels, 32, 5, padding: 2);
        pool1 = nn.MaxPool2d(2, 2);
        conv2 = nn.Conv2d(32, 64, 5, padding: 2);
        pool2 = nn.MaxPool2d(2, 2);
        fc1 = nn.Linear(64L * (size / 4) * (size / 4), 512);
        dropout = nn.Dropout(0.5);
        fc2 = nn.Linear(512, classes);
        Register(("conv1", conv1), ("pool1", pool1), ("conv2", conv2), ("pool2", pool2), ("fc1", fc1), ("dropout", dropout), ("fc2", fc2));
        ChannelsLast.Apply(this);
        Layers = [conv1, nn.ReLU(), pool1, conv2, nn.ReLU(), pool2, nn.Flatten(), fc1, nn.ReLU(), dropout, fc2];
    }

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module<Tensor, Tensor>> Layers { get; }

    /// <summary>Maps images to logits.</summary>
    /// <param name="inputs">Shape <c>[N, channels, size, size]</c>, <c>Float32</c>, in [0, 1].</param>
    /// <returns>Shape <c>[N, classes]</c>.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public override Tensor forward(Tensor inputs)
    {
        Input.CheckShape(inputs);
        using var scope = NewDisposeScope();
        return Layers.Aggregate(ChannelsLast.Of(inputs), (x, layer) => layer.call(x)).MoveToOuterDisposeScope();
    }
}
