using Adamant.Explaining;
using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Tests.Explaining;

public sealed class SaliencyTests : TensorTest
{
    [Fact]
    public void Of_a_linear_model_it_is_the_weight_times_the_input()
    {
        using var model = Linear([[1, 2, -3], [0, 0, 0]], [5, 0]);
        using var victim = new ModuleVictim(model, InputSpec.Features(3));

        var saliency = Saliency.Of(victim, tensor(new float[] { 2, 1, 1 }), 0, zeros(3), "zeros", Cancellation);

        Assert.Equal([2, 2, -3], saliency.Gradient.Values);
        Assert.All(saliency.Integrated.Values.Zip([2f, 2f, -3f]), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        Assert.Equal((6, 5), (saliency.Gradient.Score, saliency.Gradient.BaselineScore));
        Assert.True(saliency.Gradient.IsComplete);
    }

    [Fact]
    public void Integrated_gradients_of_a_network_add_up_and_its_parameters_get_no_gradients()
    {
        using var network = new StridedCnn(size: 8);
        using var victim = network.AsVictim();
        var image = rand(1, 8, 8);

        var saliency = Saliency.Of(victim, image, 3, zeros(1, 8, 8), "a black image", Cancellation);

        Assert.True(saliency.Integrated.IsComplete, saliency.Integrated.ToString());
        Assert.Equal(victim.Logits(image.unsqueeze(0))[0, 3].item<float>(), saliency.Integrated.Score, 1e-5);
        Assert.All(network.parameters(), p => Assert.True(p.grad is null));
    }

    [Fact]
    public void A_baseline_of_another_shape_is_refused()
    {
        using var network = new Mlp(3, [4], 2);
        Assert.Contains("baseline", Assert.Throws<ArgumentException>(() => Saliency.Of(network.AsVictim(), zeros(3), 0, zeros(2), "zeros", Cancellation)).Message);
    }
}
