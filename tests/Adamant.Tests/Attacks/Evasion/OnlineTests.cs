using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class OnlineTests : TensorTest
{
    [Fact]
    public void Writes_each_step_before_it_sees_the_next()
    {
        // f(x) = (x₁ · x₂, 0) for class 0. Offline the gradient of x₁ is along x₂ = −1: down the logit is up. Online x₂ is expected to be x₁ = 1: down.
        using var victim = new Victims.FunctionVictim(new InputSpec([2]), x => stack([x.prod(1, keepdim: false), zeros(x.shape[0])], 1));
        var x = tensor(new[] { 1f, -1f }).reshape(1, 2);

        Assert.Equal([1.1f, -1.1f], Perturb(new Fgsm(), victim, x));
        Assert.Equal([0.9f, -1.1f], Perturb(new Fgsm().Online(), victim, x));
    }

    [Fact]
    public void The_future_changes_nothing_of_what_is_written()
    {
        using var network = new ElmanRnn(3, 8, 4);
        using var victim = network.AsVictim();
        var one = randn(5, 7, 3);
        var other = cat([one.narrow(1, 0, 4), randn(5, 3, 3)], 1);
        var attack = new Pgd { Steps = 3 }.Online();

        var (a, b) = (Run(one), Run(other));

        Assert.True(a.narrow(1, 0, 4).allclose(b.narrow(1, 0, 4), 0, 0));
        Assert.False(a.narrow(1, 4, 3).allclose(b.narrow(1, 4, 3)));

        Tensor Run(Tensor x) => attack.Perturb(victim, x, zeros(5, ScalarType.Int64), new Threat(new Linf(0.3)), new Run(), Cancellation);
    }

    [Fact]
    public void Knowing_the_future_is_worth_something_and_knowing_only_the_past_beats_noise()
    {
        using var network = new ElmanRnn(1, 8, 2);
        using (no_grad())
        {
            foreach (var weight in network.parameters()) weight.mul_(2);
        }
        using var victim = network.AsVictim();
        var inputs = randn(200, 8, 1);
        var data = new Batch(inputs, victim.Predict(inputs));
        var threat = new Threat(new Linf(0.3));

        using var offline = new Pgd { Steps = 10, RandomStart = false }.Against(victim, data, threat, cancellation: Cancellation);
        using var online = new Fgsm().Online().Against(victim, data, threat, cancellation: Cancellation);
        var noise = victim.Predict(inputs + 0.3 * randn_like(inputs).sign()).eq(data.Labels).to_type(ScalarType.Float32).mean().item<float>();

        Assert.True(offline.RobustAccuracy.Value <= online.RobustAccuracy.Value);
        Assert.True(online.RobustAccuracy.Value < noise);
    }

    [Fact]
    public void Refuses_a_ball_whose_budget_earlier_steps_use_up()
    {
        using var network = new ElmanRnn(1, 2, 2);

        var error = Assert.Throws<ArgumentException>(() => new Fgsm().Online().Perturb(
            network.AsVictim(), randn(1, 3, 1), zeros(1, ScalarType.Int64), new Threat(new L2(1)), new Run(), Cancellation));

        Assert.StartsWith("Expected a ball that binds each coordinate by itself (Linf, or Linf with factors) for an attack online, got L2 1.", error.Message, StringComparison.Ordinal);
        Assert.Equal("Online(Fgsm)", new Fgsm().Online().ToString());
        Assert.Equal(new Fgsm().Online(), new Fgsm().Online());
    }

    private static float[] Perturb(IEvasion<IDifferentiable> attack, IDifferentiable victim, Tensor x) =>
        [.. attack.Perturb(victim, x, zeros(1, ScalarType.Int64), new Threat(new Linf(0.1)), new Run(), Cancellation).data<float>().ToArray().Select(v => MathF.Round(v, 5))];
}
