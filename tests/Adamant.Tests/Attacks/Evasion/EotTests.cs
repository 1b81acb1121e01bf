using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Defenses.Inputs;
using Adamant.Tests.Victims;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class EotTests : TensorTest
{
    private const int Features = 400;

    [Fact]
    public void Finds_the_direction_that_a_single_draw_hides()
    {
        // f(x) = 0.01 (Σ xᵢ + 3 Σ gᵢ xᵢ) with fresh g ∼ N(0, 1): of one draw's signs 63 % are right, of the mean's over 100 all but 0.04 %.
        using var random = new Generator(1, CPU);
        var victim = new FunctionVictim(new InputSpec([Features], 0, 1), x =>
        {
            var z = 0.01 * (x * (1 + (3 * randn(x.shape, generator: random)))).sum(dim: 1);
            return stack([z, -z], 1);
        });

        Assert.InRange(Right(new Fgsm()), 0.55, 0.71);
        Assert.InRange(Right(new Fgsm().Eot(100)), 0.98, 1);

        double Right(IEvasion<IDifferentiable> attack)
        {
            var x = full([1, Features], 0.5f);
            var moved = attack.Perturb(victim, x, tensor(new[] { 0L }), new Threat(new Linf(0.1)), new Run(), Cancellation);
            return sum(moved.lt(x)).item<long>() / (double)Features;
        }
    }

    [Fact]
    public void Asks_all_draws_in_one_call()
    {
        var meter = new Meter();
        IDifferentiable victim = new ModuleVictim(nn.Linear(4, 3), new InputSpec([4], 0, 1));

        new Fgsm().Eot(7).Perturb(victim.Metered(meter), rand(5, 4), zeros(5, ScalarType.Int64), new Threat(new Linf(0.1)), new Run(), Cancellation);

        Assert.Equal((1, 35, 35), (meter.Calls, meter.Forwards, meter.Gradients));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Fgsm().Eot(0));
    }

    [Fact]
    public void Joins_with_the_way_past_a_sanitizer_in_any_order()
    {
        IDifferentiable flat = new ModuleVictim(Linear([[1, -1], [0, 0]]), new InputSpec([2], 0, 1)).With(new BitDepth { Bits = 2 }).With(new RandomNoise { Sigma = 0.01 });
        foreach (var attack in new[] { new Fgsm().Eot(5).Bpda(), new Fgsm().Bpda().Eot(5) })
        {
            var moved = attack.Perturb(flat, full([1, 2], 0.5f), tensor(new[] { 0L }), new Threat(new Linf(0.1)), new Run(), Cancellation);

            Assert.Equal([0.4f, 0.6f], moved.data<float>().ToArray());
        }
    }
}
