using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Tests.Certification;

/// <summary>A chain with average pooling and no ReLU: a linear map of images.</summary>
internal sealed class AveragingNetwork : Network, IChain
{
    public AveragingNetwork() : base(nameof(AveragingNetwork))
    {
        var (conv, fc) = (nn.Conv2d(1, 2, 3, padding: 1, stride: 1), nn.Linear(8, 3));
        register_module(nameof(conv), conv);
        register_module(nameof(fc), fc);
        Layers = [conv, nn.AvgPool2d(2), nn.Flatten(), fc];
    }

    public override InputSpec Input => InputSpec.Image(1, 4, 4);

    public override int Outputs => 3;

    public IReadOnlyList<nn.Module<Tensor, Tensor>> Layers { get; }

    public override Tensor forward(Tensor input) => Layers.Aggregate(input, (x, layer) => layer.call(x));
}
