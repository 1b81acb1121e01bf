using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Defenses.Inputs;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class BpdaTests : TensorTest
{
    // f(x) = x₀ − x₁ behind a rounding to 0, 1/3, 2/3, 1: flat nearly everywhere.
    private readonly IDifferentiable flat = new ModuleVictim(Linear([[1, -1], [0, 0]]), new InputSpec([2], 0, 1)).With(new BitDepth { Bits = 2 });
    private readonly Batch data = new(tensor(new[] { 0.6f, 0.35f, 0.65f, 0.3f }).reshape(2, 2), tensor(new[] { 0L, 0L }));
    private static readonly Threat Threat = new(new Linf(0.3));

    [Fact]
    public void Breaks_a_quantized_model_that_plain_steps_cannot()
    {
        var plain = new Pgd { Steps = 5, RandomStart = false };

        using var naive = plain.Against(flat, data, Threat, cancellation: Cancellation);
        using var adaptive = plain.Bpda().Against(flat, data, Threat, cancellation: Cancellation);

        Assert.Equal((2, 0), (naive.Samples.Count(s => s.IsRobust), adaptive.Samples.Count(s => s.IsRobust)));
        Assert.Equal(0, naive.MaxPerturbation);
        Assert.Empty(adaptive.Warnings);
    }

    [Fact]
    public void Says_so_where_there_is_nothing_to_go_past()
    {
        var open = new ModuleVictim(Linear([[1, -1], [0, 0]]), new InputSpec([2], 0, 1));

        using var result = new Fgsm().Bpda().Against<IDifferentiable>(open, data, Threat, cancellation: Cancellation);
        using var plain = new Fgsm().Against<IDifferentiable>(open, data, Threat, cancellation: Cancellation);

        Assert.Equal("nothing-to-go-past", Assert.Single(result.Warnings).Code);
        Assert.True(result.Adversarials.allclose(plain.Adversarials, 0, 0));
        Assert.Equal("Bpda(Fgsm)", result.Attack);
    }
}
