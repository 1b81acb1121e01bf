using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Tests.Victims;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class AutoAttackTests : TensorTest
{
    private static readonly InputSpec Image = InputSpec.Image(1, 6, 6);

    [Fact]
    public void Is_made_as_the_reference_is()
    {
        Assert.Equal(
            [new Apgd(), new ApgdTargeted(), new Fab { StopInside = true }, new Square()], new AutoAttack().Stages(new Linf(0.1)));
        Assert.Equal(new AutoAttack().Stages(new Linf(0.1)), new AutoAttack().Stages(new L2(0.5)));
        var wide = new Apgd { WideStart = true };
        Assert.Equal(
            [wide.Repeat<IDifferentiable>(5), new ApgdTargeted { WideStart = true, Targets = 5 }, new Fab { StopInside = true }, new Square()],
            new AutoAttack().Stages(new L1(12)));
        Assert.Equal(
            [
                new Apgd().Repeat<IDifferentiable>(5), new Apgd { Loss = ApgdLoss.Dlr }.Repeat<IDifferentiable>(5),
                new Fab { StopInside = true, Targeted = false, Restarts = 5 }, new Square(), new ApgdTargeted(), new Fab { StopInside = true },
            ],
            new AutoAttack { Version = AutoAttackVersion.Plus }.Stages(new Linf(0.1)));
        Assert.Equal(
            [new Apgd { EotSteps = 20 }, new Apgd { EotSteps = 20, Loss = ApgdLoss.Dlr }], new AutoAttack { Version = AutoAttackVersion.Rand }.Stages(new Linf(0.1)));
        Assert.Equal("AutoAttack { Version = Standard }", new AutoAttack().ToString());
    }

    [Fact]
    public void Standard_really_runs_its_hundred_steps_nine_targets_and_five_thousand_queries()
    {
        // Nothing falls: class 0 of ten is far above. Another library runs ten steps under this name.
        using var victim = Robust(classes: 10);
        var data = new Batch(rand(2, 1, 6, 6), zeros(2, ScalarType.Int64));

        using var result = new AutoAttack().Against(victim, data, new Threat(new Linf(0.1)), cancellation: Cancellation);

        Assert.Equal(2 * (101 + (9 * 101) + (9 * 100)), result.Gradients);
        var checks = 2 * (5 + 1);
        var standing = 2 * (4 + 1);                                 // before each attack, and after the last
        var looks = 2 * 3;                                          // the attacks' own look at the originals; Square's is one of its queries
        Assert.Equal(result.Gradients + (2 * 9 * 100) + (2 * 5000) + checks + standing + looks, result.Forwards);
        Assert.All(result.Samples, s => Assert.Equal(5000, s.Queries));
        Assert.Empty(result.Warnings);
        Assert.Equal(1, result.RobustAccuracy.Value);
    }

    [Fact]
    public void Leaves_nothing_standing_that_one_of_its_parts_can_move()
    {
        var network = nn.Sequential(nn.Flatten(), nn.Linear(36, 32), nn.Tanh(), nn.Linear(32, 10));
        using (no_grad())
        {
            foreach (var weight in network.parameters()) weight.mul_(2);
        }
        using var victim = new ModuleVictim(network, Image);
        var inputs = rand(48, 1, 6, 6);
        var data = new Batch(inputs, victim.Predict(inputs));
        var (all, threat) = (new AutoAttack { Steps = 20, Queries = 100 }, new Threat(new Linf(0.03)));

        using var whole = all.Against(victim, data, threat, cancellation: Cancellation);

        Assert.InRange(whole.RobustAccuracy.Value, 0.05, 0.95);
        foreach (var part in all.Stages(threat.Ball))
        {
            using var one = part.Against(victim, data, threat, cancellation: Cancellation);
            Assert.True(one.RobustAccuracy.Value >= whole.RobustAccuracy.Value - 0.03, $"{part}: {one.RobustAccuracy}, all: {whole.RobustAccuracy}");
        }
    }

    [Fact]
    public void Warns_of_a_victim_that_is_random() => Assert.Contains(
        "randomized-defense", Warnings(new FunctionVictim(Image, x => Scores(x) + (0.1 * randn(x.shape[0], 10)))));

    [Fact]
    public void Does_not_warn_of_randomness_when_it_is_made_for_it() => Assert.DoesNotContain(
        "randomized-defense", Warnings(new FunctionVictim(Image, x => Scores(x) + (0.1 * randn(x.shape[0], 10))), AutoAttackVersion.Rand));

    [Fact]
    public void Warns_of_probabilities() => Assert.Contains("softmax-output", Warnings(new FunctionVictim(Image, x => Scores(x).softmax(1))));

    [Fact]
    public void Warns_of_gradients_that_are_zero() => Assert.Contains("zero-gradients", Warnings(new FunctionVictim(Image, x => Scores((x * 255).round() / 255))));

    [Fact]
    public void Warns_of_a_victim_that_optimizes_when_it_predicts() => Assert.Contains("dynamic-defense", Warnings(new FunctionVictim(Image, x =>
    {
        using var grad = enable_grad();
        var at = x.detach().requires_grad_();
        var slope = autograd.grad([Scores(at).sum(new long[] { 0, 1 })], [at])[0];
        return Scores(x - (0.001 * slope));
    })));

    [Theory]
    [InlineData(2, "DLR")]
    [InlineData(3, "DLR")]
    [InlineData(5, "4 targets")]
    public void Says_which_parts_have_too_few_classes(int classes, string words)
    {
        using var victim = Robust(classes);
        using var result = new AutoAttack { Steps = 2, Queries = 3 }.Against(
            victim, new Batch(rand(2, 1, 6, 6), zeros(2, ScalarType.Int64)), new Threat(new Linf(0.1)), cancellation: Cancellation);

        var warning = Assert.Single(result.Warnings, w => w.Code == "few-classes");
        Assert.Contains(words, warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Warns_when_square_finds_what_gradients_did_not() => Assert.Contains("square-beats-white-box", Warnings(new FunctionVictim(Image, x =>
    {
        // The honest margin, behind a step function: the gradient is zero everywhere.
        var margin = ((x.flatten(1).sum(1, keepdim: true) - 17) * 4).round() / 4;
        return cat([margin, zeros(x.shape[0], 9)], 1);
    })));

    [Fact]
    public void Refuses_balls_that_its_parts_do_not_know() => Assert.Throws<ArgumentException>(
        () => new AutoAttack().Perturb(Robust(10), rand(1, 1, 6, 6), tensor(new[] { 0L }), new Threat(new L0(3)), new Run(), Cancellation));

    private static Tensor Scores(Tensor x)
    {
        var columns = Enumerable.Range(0, 10).Select(i => x.flatten(1).narrow(1, 3 * i, 6).sum(1)).ToArray();
        return stack(columns, 1);
    }

    private static FunctionVictim Robust(int classes) => new(Image, x => cat(
        [50 + x.flatten(1).sum(1, keepdim: true), .. Enumerable.Range(1, classes - 1).Select(i => x.flatten(1).narrow(1, i, 3).sum(1, keepdim: true))], 1));

    private static IEnumerable<string> Warnings(FunctionVictim victim, AutoAttackVersion version = AutoAttackVersion.Standard)
    {
        var inputs = full(4, 1, 6, 6, 0.5f) + (0.01 * rand(4, 1, 6, 6));
        using var result = new AutoAttack { Version = version, Steps = 3, Queries = 60 }.Against(
            victim, new Batch(inputs, victim.Predict(inputs)), new Threat(new Linf(0.1)), cancellation: Cancellation);
        return [.. result.Warnings.Select(w => w.Code)];
    }
}
