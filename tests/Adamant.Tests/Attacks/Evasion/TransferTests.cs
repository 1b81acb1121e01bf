using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Tests.Victims;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

/// <summary>The family of momentum attacks, and attacks by way of a surrogate.</summary>
public sealed class TransferTests : TensorTest
{
    private static readonly InputSpec Images = InputSpec.Image(1, 9, 9);
    private readonly Tensor weight = randn(81, 3);
    private readonly FunctionVictim linear;
    private readonly Batch data;

    public TransferTests()
    {
        linear = new FunctionVictim(Images, x => x.flatten(1).matmul(weight));
        var inputs = 0.3 + (0.4 * rand(6, 1, 9, 9));
        data = new Batch(inputs, linear.Predict(inputs));
    }

    [Fact]
    public void Mi_fgsm_is_pgd_with_momentum_and_without_a_random_start()
    {
        var pgd = Moved(new Pgd { Steps = 10, StepSize = 0.01, RandomStart = false, Momentum = 1 });

        Assert.True(Moved(new MiFgsm()).Equals(pgd));
    }

    public static TheoryData<string, string> Plain => new()
    {
        { "vmi-fgsm", "" },                                    // with two classes, a linear model has the same direction everywhere
        { "ni-fgsm", "" },
        { "di-fgsm", "probability=0" },
        { "ti-fgsm", "kernel=1" },
    };

    [Theory, MemberData(nameof(Plain))]
    public void Each_member_is_mi_fgsm_where_its_idea_has_nothing_to_act_on(string name, string setting)
    {
        var two = new FunctionVictim(Images, x => x.flatten(1).matmul(weight.narrow(1, 0, 2)));
        var labels = two.Predict(data.Inputs);
        var attack = AttackCatalog.Create<IDifferentiable>(name, setting.Length == 0 ? [] : [new(setting.Split('=')[0], setting.Split('=')[1])]);

        var moved = attack.Perturb(two, data.Inputs, labels, new Threat(new Linf(0.1)), new Run(), Cancellation);
        var expected = new MiFgsm().Perturb(two, data.Inputs, labels, new Threat(new Linf(0.1)), new Run(), Cancellation);

        Assert.True((moved - expected).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void Ti_fgsm_spreads_the_gradient_of_one_pixel_over_its_kernel()
    {
        var victim = new FunctionVictim(Images, x => stack([zeros(x.shape[0]), x.select(1, 0).select(1, 4).select(1, 3)], 1));
        var inputs = full([1, 1, 9, 9], 0.5f);

        var moved = new TiFgsm { Kernel = 3 }.Perturb(victim, inputs, zeros(1, ScalarType.Int64), new Threat(new Linf(0.1)), new Run(), Cancellation);

        var expected = inputs.clone();
        expected.narrow(2, 3, 3).narrow(3, 2, 3).fill_(0.6f);
        Assert.True((moved - expected).abs().max().item<float>() < 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TiFgsm { Kernel = 4 });
    }

    [Fact]
    public void Members_that_turn_images_refuse_anything_else()
    {
        using var victim = new ModuleVictim(Linear([[1, -1], [0, 0]]), new InputSpec([2], 0, 1));
        var threat = new Threat(new Linf(0.1));

        Assert.Throws<ArgumentException>(() => new DiFgsm().Perturb(victim, zeros(1, 2), zeros(1, ScalarType.Int64), threat, new Run(), Cancellation));
        Assert.Throws<ArgumentException>(() => new TiFgsm().Perturb(victim, zeros(1, 2), zeros(1, ScalarType.Int64), threat, new Run(), Cancellation));
    }

    [Fact]
    public void An_attack_by_way_of_a_surrogate_asks_the_victim_nothing_and_is_judged_on_the_victim()
    {
        // The victim is the surrogate with its first two classes exchanged in weight by a tenth: most samples transfer.
        var other = new FunctionVictim(Images, x => x.flatten(1).matmul(weight + (0.1 * weight.flip(0))));
        var labels = other.Predict(data.Inputs);

        using var direct = new MiFgsm().Against(linear, data, new Threat(new Linf(0.1)), cancellation: Cancellation);
        using var transferred = new MiFgsm().Via(linear).Against(other, new Batch(data.Inputs, labels), new Threat(new Linf(0.1)), cancellation: Cancellation);

        Assert.Equal((0, 0), (transferred.Forwards, transferred.Gradients));
        Assert.True(transferred.RobustAccuracy.Value < 1);
        Assert.StartsWith("Transfer(MiFgsm", transferred.Attack, StringComparison.Ordinal);
        Assert.True(direct.Forwards > 0);
    }

    [Fact]
    public void A_surrogate_for_other_inputs_is_refused()
    {
        using var small = new ModuleVictim(Linear([[1, -1], [0, 0]]), new InputSpec([2], 0, 1));

        var error = Assert.Throws<ArgumentException>(() => new MiFgsm().Via(small).Against(linear, data, new Threat(new Linf(0.1)), cancellation: Cancellation));

        Assert.Contains("Float32 [1, 9, 9] in [0, 1]", error.Message, StringComparison.Ordinal);
    }

    private Tensor Moved(IEvasion<IDifferentiable> attack) => attack.Perturb(linear, data.Inputs, data.Labels, new Threat(new Linf(0.1)), new Run(), Cancellation);
}
