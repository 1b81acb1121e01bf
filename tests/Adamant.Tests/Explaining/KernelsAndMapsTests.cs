using Adamant.Explaining;
using Adamant.Models;

namespace Adamant.Tests.Explaining;

public sealed class KernelsAndMapsTests : TensorTest
{
    [Fact]
    public void A_kernel_of_one_in_its_middle_gives_the_image_back()
    {
        // A 5×5 kernel that is 1 in the middle and 0 around it copies the image, as a 1×1 kernel does; max pooling then halves it.
        using var network = new SimpleCnn(channels: 1, size: 8);
        using (no_grad())
        {
            var (weight, bias) = (network.get_parameter("conv1.weight")!, network.get_parameter("conv1.bias")!);
            weight.zero_();
            bias.zero_();
            weight[0, 0, 2, 2].fill_(1);
        }
        var image = rand(1, 1, 8, 8);
        network.eval();

        var stages = FeatureMaps.Of(network, network.AsVictim(), image);

        Assert.Equal(["conv1", "pool1", "conv2", "pool2", "fc1", "fc2"], stages.Select(s => s.Layer));
        Assert.Equal(["32, 8, 8", "32, 4, 4", "64, 4, 4", "64, 2, 2", "512", "10"], stages.Select(s => string.Join(", ", s.Shape)));
        Assert.Equal(image.data<float>(), stages[0].Maps[0]);
        Assert.All(stages[0].Maps.Skip(1).SelectMany(m => m), v => Assert.Equal(0, v));
        Assert.Equal(nn.functional.max_pool2d(image, 2).contiguous().data<float>(), stages[1].Maps[0]);
        Assert.Equal(network.AsVictim().Logits(image).data<float>(), stages[^1].Maps[0]);
    }

    [Fact]
    public void Listening_to_layers_leaves_nothing_behind()
    {
        using var network = new StridedCnn(size: 8);
        var image = rand(1, 1, 8, 8);
        FeatureMaps.Of(network, network.AsVictim(), image);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        FeatureMaps.Of(network, network.AsVictim(), image);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Large_maps_are_averaged_down_and_the_first_32_are_kept()
    {
        using var network = new PipelineCnn(classes: 2, channels: 1, size: 132);
        var stages = FeatureMaps.Of(network, network.AsVictim(), zeros(1, 1, 132, 132));

        Assert.Equal(("32, 128, 128", 64, 64), (string.Join(", ", stages[0].Shape), stages[0].Height, stages[0].Width));
        Assert.Equal((64, 32), (stages[2].Shape[0], stages[2].Maps.Count));
    }

    [Fact]
    public void Kernels_are_the_weights_of_each_convolution()
    {
        using var network = new StridedCnn(size: 8);
        var banks = KernelBank.Of(network);

        Assert.Equal(["conv1", "conv2"], banks.Select(b => b.Layer));
        Assert.Equal((16, 1, 32, 8), (banks[0].Kernels.Count, banks[0].Inputs, banks[1].Kernels.Count, banks[1].Inputs));
        Assert.Equal(network.get_parameter("conv1.weight")![3].contiguous().data<float>(), banks[0].Kernels[3]);
        Assert.Equal(network.get_parameter("conv2.weight")![5, ..8].contiguous().data<float>(), banks[1].Kernels[5]);
        using var table = new Mlp(2, [3], 2);
        Assert.Empty(KernelBank.Of(table));
    }
}
