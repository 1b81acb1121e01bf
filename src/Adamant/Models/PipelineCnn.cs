using Adamant.Engine;
using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// The processing pipeline of the textbooks: two unpadded 5×5 convolutions with pooling, and one linear layer.
/// <code>32×32 → 28×28×32 → 14×14×32 → 10×10×64 → 5×5×64 → 1×classes</code>
/// </summary>
/// <remarks>
/// Without padding the border counts less than the middle, and the image shrinks by 4 pixels in each convolution. At 3×32×32 and 1,000 classes:
/// 1,654,696 parameters; runs in channels-last layout. Parameters: <c>conv1</c>, <c>conv2</c>, <c>fc</c>, each with weight and bias.
/// Source: LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document recognition", Proceedings of the IEEE 86, 1998, §II.
/// </remarks>
public sealed class PipelineCnn : ImageNetwork, IChain
{
    private readonly Conv2d conv1, conv2;
    private readonly MaxPool2d pool1, pool2;
    private readonly Linear fc;

    /// <summary>Builds the network with PyTorch's default initialization.</summary>
    /// <param name="classes">The number of outputs, default 1,000.</param>
    /// <param name="channels">Channels of an image, default 3.</param>
    /// <param name="size">Height and width of an image in pixels, at least 16, default 32.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small or absurdly large.</exception>
    public PipelineCnn(int classes = 1000, int channels = 3, int size = 32)
        : base(nameof(PipelineCnn), classes, channels, size, smallest: 16)
    {
        var side = (((size - 4) / 2) - 4) / 2;
        Dimension.Reserve(channels, 32 * 5 * 5);
        Dimension.Reserve(32 * 5 * 5, 64);
        Dimension.Reserve(64L * side * side, classes);
        conv1 = nn.Conv2d(channels, 32, 5);
        pool1 = nn.MaxPool2d(2, 2);
        conv2 = nn.Conv2d(32, 64, 5);
        pool2 = nn.MaxPool2d(2, 2);
        fc = nn.Linear(64L * side * side, classes);
        Register(("conv1", conv1), ("pool1", pool1), ("conv2", conv2), ("pool2", pool2), ("fc", fc));
        ChannelsLast.Apply(this);
        Layers = [conv1, nn.ReLU(), pool1, conv2, nn.ReLU(), pool2, nn.Flatten(), fc];
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
