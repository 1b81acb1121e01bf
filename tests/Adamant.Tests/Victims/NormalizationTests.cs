using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Victims;

namespace Adamant.Tests.Victims;

public sealed class NormalizationTests : TensorTest
{
    private readonly nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), nn.Linear(12, 3));

    [Fact]
    public void Equals_normalizing_by_hand_for_logits_classes_and_gradients()
    {
        float[] mean = [0.1f, 0.2f, 0.3f], std = [0.5f, 0.25f, 2];
        using var victim = new ModuleVictim(network, new InputSpec([3, 2, 2])).Normalized(mean, std);
        var x = rand(4, 3, 2, 2).requires_grad_();
        var byHand = (x - tensor(mean).reshape(1, 3, 1, 1)) / tensor(std).reshape(1, 3, 1, 1);

        Assert.Equal(new InputSpec([3, 2, 2], 0, 1), victim.Input);
        Assert.True(victim.Logits(x).allclose(network.call(byHand)));
        Assert.Equal(network.call(byHand).argmax(1).data<long>().ToArray(), victim.Predict(x).data<long>().ToArray());
        Assert.True(autograd.grad([sum(victim.Logits(x))], [x])[0].allclose(autograd.grad([sum(network.call(byHand))], [x])[0]));
    }

    [Fact]
    public void Epsilon_is_in_pixels_and_not_in_deviations()
    {
        using var victim = new ModuleVictim(network, new InputSpec([3, 2, 2])).Normalized([0.5f], [0.1f]);
        var x = full(1, 3, 2, 2, 0.5f);

        var moved = new Fgsm().Perturb(victim, x, victim.Predict(x), new Threat(new Linf(0.1)), new Run(), Cancellation);

        Assert.True((moved - x).abs().allclose(full_like(x, 0.1f)));
    }

    [Fact]
    public void Refuses_inputs_that_are_normalized_already()
    {
        using var victim = new ModuleVictim(network, new InputSpec([3, 2, 2])).Normalized([0.5f], [0.1f]);

        var error = Assert.Throws<ArgumentException>(() => victim.Predict(randn(2, 3, 2, 2)));

        Assert.Contains("undo that and let the victim normalize them", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_numbers_that_do_not_fit()
    {
        var free = new ModuleVictim(network, new InputSpec([3, 2, 2]));

        Assert.Throws<ArgumentException>(() => free.Normalized([0, 0], [1]));
        Assert.Throws<ArgumentException>(() => free.Normalized([], []));
        Assert.Throws<ArgumentException>(() => free.Normalized([0], [0]));
        Assert.Contains("1 mean or one per channel, 3, got 2", Assert.Throws<ArgumentException>(() => free.Normalized([0, 0], [1, 1])).Message, StringComparison.Ordinal);
        var bounded = Assert.Throws<ArgumentException>(() => new ModuleVictim(network, InputSpec.Image(3, 2, 2)).Normalized([0.5f], [0.1f]));
        Assert.Contains("Build it with an InputSpec without bounds.", bounded.Message, StringComparison.Ordinal);
    }
}
