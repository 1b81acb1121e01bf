using Adamant.Engine;
using Adamant.Models;

namespace Adamant.Tests.Engine;

public sealed class ChannelsLastTests : TensorTest
{
    [Fact]
    public void Changes_the_strides_and_nothing_else()
    {
        var images = randn(2, 3, 4, 5);

        var moved = ChannelsLast.Of(images);

        Assert.Equal([60, 1, 15, 3], moved.stride());            // of [2, 3, 4, 5]: channels are neighbors, rows are 5 · 3 apart
        Assert.Equal(images.shape, moved.shape);
        Assert.True(moved.equal(images).all().item<bool>());
    }

    [Fact]
    public void Lets_gradients_through()
    {
        var images = randn(2, 3, 4, 4, requires_grad: true);

        (2 * ChannelsLast.Of(images)).sum(dim: [0, 1, 2, 3]).backward();

        Assert.True(images.grad!.eq(2).all().item<bool>());
    }

    [Fact]
    public void Keeps_the_layout_of_weights_while_they_are_loaded_and_trained()
    {
        using var source = new SimpleCnn(size: 8);
        using var network = new SimpleCnn(size: 8);
        using var optimizer = optim.Adam(network.parameters());
        var contiguous = source.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.contiguous());

        network.load_state_dict(contiguous);
        Assert.All(contiguous, entry => Assert.True(network.state_dict()[entry.Key].equal(entry.Value).all().item<bool>()));
        network.call(rand(2, 3, 8, 8)).square().mean().backward();
        optimizer.step();

        Assert.Equal([32 * 25, 1, 32 * 5, 32], network.get_parameter("conv2.weight")!.stride());
    }

    [Fact]
    public void Convolves_to_the_same_result()
    {
        using var network = new SimpleCnn();
        network.eval();
        var images = rand(4, 3, 32, 32);
        var expected = Plain(network, images);

        Assert.True(network.call(images).allclose(expected, rtol: 1e-5, atol: 1e-6));
    }

    /// <summary>The forward pass of <see cref="SimpleCnn"/> in PyTorch's usual layout.</summary>
    private static Tensor Plain(SimpleCnn network, Tensor images)
    {
        var p = network.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.contiguous());
        var x = nn.functional.max_pool2d(nn.functional.relu(nn.functional.conv2d(images, p["conv1.weight"], p["conv1.bias"], padding: [2, 2])), 2);
        x = nn.functional.max_pool2d(nn.functional.relu(nn.functional.conv2d(x, p["conv2.weight"], p["conv2.bias"], padding: [2, 2])), 2);
        x = nn.functional.relu(nn.functional.linear(x.flatten(1), p["fc1.weight"], p["fc1.bias"]));
        return nn.functional.linear(x, p["fc2.weight"], p["fc2.bias"]);
    }
}
