using Adamant.Engine;
using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// The small network of fast adversarial training: two 4×4 convolutions of stride 2, and a hidden layer of 100.
/// <code>[C, S, S] → conv 16 → [16, S/2, S/2] → conv 32 → [32, S/4, S/4] → 100 → classes</code>
/// </summary>
/// <remarks>
/// Made to be hardened and certified quickly, not for accuracy. At 1×28×28 and 10 classes: 166,406 parameters; runs in channels-last layout.
/// Parameters: <c>conv1</c>, <c>conv2</c>, <c>fc1</c>, <c>fc2</c>, each with weight and bias.
/// Source: Wong, Rice, Kolter, "Fast is better than free: Revisiting adversarial training", ICLR 2020, arXiv:2001.03994, §5.1.
/// </remarks>
public sealed class StridedCnn : ImageNetwork, IChain
{
    private readonly Conv2d conv1, conv2;
    private readonly Linear fc1, fc2;

    /// <summary>Builds the network with PyTorch's default initialization.</summary>
    /// <param name="classes">The number of outputs, default 10.</param>
    /// <param name="channels">Channels of an image, default 1.</param>
    /// <param name="size">Height and width of an image in pixels, at least 4, default 28.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small or absurdly large.</exception>
    public StridedCnn(int classes = 10, int channels = 1, int size = 28)
        : base(nameof(StridedCnn), classes, channels, size, smallest: 4)
    {
        Dimension.Reserve(channels, 16 * 4 * 4);
        Dimension.Reserve(16 * 4 * 4, 32);
        Dimension.Reserve(32L * (size / 4) * (size / 4), 100);
        Dimension.Reserve(100, classes);
        conv1 = nn.Conv2d(channels, 16, 4, stride: 2, padding: 1);
        conv2 = nn.Conv2d(16, 32, 4, stride: 2, padding: 1);
        fc1 = nn.Linear(32L * (size / 4) * (size / 4), 100);
        fc2 = nn.Linear(100, classes);
        Register(("conv1", conv1), ("conv2", conv2), ("fc1", fc1), ("fc2", fc2));
        ChannelsLast.Apply(this);
        Layers = [conv1, nn.ReLU(), conv2, nn.ReLU(), nn.Flatten(), fc1, nn.ReLU(), fc2];
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
