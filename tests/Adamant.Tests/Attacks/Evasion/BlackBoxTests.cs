using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Tests.Victims;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

/// <summary>Attacks that ask for labels or scores, on models whose answers are known.</summary>
public sealed class BlackBoxTests : TensorTest
{
    private static readonly InputSpec Features = new([20], 0, 1);

    /// <summary>Shows nothing but labels, and counts who was asked about.</summary>
    private sealed class LabelsOnly(IClassifier inner) : IClassifier
    {
        public InputSpec Input => inner.Input;

        public Tensor Predict(Tensor inputs) => inner.Predict(inputs);

        public void Dispose()
        {
        }
    }

    /// <summary>Two classes, w · x + b above 0 or not, with 20 random weights; samples of both classes.</summary>
    private static (FunctionVictim Victim, Tensor W, Tensor B, Batch Data) Plane()
    {
        var w = randn(20);
        var b = -(w.sum(dim: 0) / 2);
        var victim = new FunctionVictim(Features, x => stack([zeros(x.shape[0]), 10 * (x.matmul(w) + b)], 1));
        var inputs = 0.3 + (0.4 * rand(16, 20));
        return (victim, w, b, new Batch(inputs, victim.Predict(inputs)));
    }

    [Theory]
    [InlineData(false, 1.05)]
    [InlineData(true, 1.25)]
    public void Hop_skip_jump_finds_the_nearest_point_of_another_class_from_labels_alone(bool linf, double factor)
    {
        var (victim, w, b, data) = Plane();
        var exact = (data.Inputs.matmul(w) + b).abs() / (linf ? w.abs().sum(dim: 0) : w.norm());
        Ball ball = linf ? new Linf(1) : new L2(4);

        using var result = ((IEvasion<IClassifier>)new HopSkipJump()).Against(new LabelsOnly(victim), data, new Threat(ball), cancellation: Cancellation);

        Assert.Equal(0, result.RobustAccuracy.Successes);
        var ratios = result.Samples.Select((s, i) => s.Perturbation / exact[i].item<float>()).Order().ToArray();
        Assert.All(ratios, ratio => Assert.InRange(ratio, 0.999, 1.3 * factor));
        Assert.InRange(ratios[ratios.Length / 2], 0.999, factor);
    }

    [Fact]
    public void Boundary_comes_near_the_nearest_point_of_another_class_in_L2()
    {
        var (victim, w, b, data) = Plane();
        var exact = (data.Inputs.matmul(w) + b).abs() / w.norm();

        using var result = ((IEvasion<IClassifier>)new Boundary { Queries = 1200 }).Against(new LabelsOnly(victim), data, new Threat(new L2(4)), cancellation: Cancellation);

        Assert.Equal(0, result.RobustAccuracy.Successes);
        Assert.All(result.Samples.Select((s, i) => s.Perturbation / exact[i].item<float>()), ratio => Assert.InRange(ratio, 0.999, 1.7));
    }

    public static TheoryData<string> Scorers => ["spsa", "nes", "sim-ba"];

    [Theory, MemberData(nameof(Scorers))]
    public void Attacks_on_scores_reach_what_a_linear_model_allows(string name)
    {
        // The best an attacker can do to the margin in Linf is ε ‖w‖₁: with a twentieth more than that, the plane is crossed.
        var (victim, w, b, data) = Plane();
        var needed = ((data.Inputs.matmul(w) + b).abs() / w.abs().sum(dim: 0)).max().item<float>();
        var attack = AttackCatalog.Create<IScoring>(name, [new("queries", "1500")]);

        using var enough = attack.Against(victim, data, new Threat(new Linf(1.05 * needed)), cancellation: Cancellation);
        using var little = attack.Against(victim, data, new Threat(new Linf(0.95 * needed)), cancellation: Cancellation);

        Assert.Equal(0, enough.RobustAccuracy.Successes);
        Assert.True(little.RobustAccuracy.Successes >= 1);
    }

    [Fact]
    public void One_pixel_finds_the_pixel_that_decides()
    {
        // Class 1 when pixel (2, 3) of the blue channel is above ½ and the red one is not.
        var victim = new FunctionVictim(InputSpec.Image(3, 6, 6), x => stack([zeros(x.shape[0]), 20 * (x[.., 2, 2, 3] - x[.., 0, 2, 3] - 0.5)], 1));
        var data = new Batch(full([4, 3, 6, 6], 0.3f), zeros(4, ScalarType.Int64));

        using var result = new OnePixel { Queries = 4000 }.Against(victim, data, new Threat(new L0(3)), cancellation: Cancellation);

        Assert.Equal(0, result.RobustAccuracy.Successes);
        Assert.All(result.Samples, s => Assert.InRange(s.Perturbation, 1, 3));
        var places = (result.Adversarials - data.Inputs).abs().amax([1]).gt(0).nonzero();
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal([i, 2, 3], places[i].data<long>().ToArray()));
        Assert.Throws<ArgumentException>(() => new OnePixel().Against(victim, data, new Threat(new L0(2)), cancellation: Cancellation));
    }

    [Fact]
    public void Sim_ba_along_a_wave_moves_only_along_waves_of_low_frequency()
    {
        // The margin is the mean brightness: of all waves only the constant one changes it.
        var victim = new FunctionVictim(InputSpec.Image(1, 8, 8), x => stack([zeros(x.shape[0]), 100 * (x.mean([1, 2, 3]) - 0.5)], 1));
        var data = new Batch(full([3, 1, 8, 8], 0.45f), zeros(3, ScalarType.Int64));

        using var result = new SimBa { Basis = SimBaBasis.Dct, StepSize = 0.5 }.Against(victim, data, new Threat(new L2(1)), cancellation: Cancellation);

        Assert.Equal(0, result.RobustAccuracy.Successes);
        Assert.True((result.Adversarials - 0.45f - (0.5f / 8)).abs().max().item<float>() < 1e-5);
        Assert.Throws<ArgumentException>(() => new SimBa { Basis = SimBaBasis.Dct }.Perturb(victim, zeros(2, 64), zeros(2, ScalarType.Int64), new Threat(new L2(1)), new Run(), Cancellation));
    }

    public static TheoryData<string> BlackBoxes => [.. AttackCatalog.All.Where(a => a.Parameters.Any(p => p.Name == "queries")).Select(a => a.Name)];

    [Theory, MemberData(nameof(BlackBoxes))]
    public void Never_asks_more_than_its_budget_about_any_sample(string name)
    {
        // Two classes that no move within the ball can change, so that nothing is spared.
        var victim = new FunctionVictim(InputSpec.Image(1, 4, 4), x => stack([zeros(x.shape[0]), (100 * (x.mean([1, 2, 3]) - 0.5)) + x.flatten(1).select(1, 0)], 1));
        var inputs = cat([full([4, 1, 4, 4], 0.2f), full([3, 1, 4, 4], 0.8f)]);
        var labels = tensor(new[] { 0L, 0, 0, 0, 1, 1, 1 });

        foreach (var budget in new[] { 1, 2, 3, 10, 57, 200 })
        {
            var (meter, ledger) = (new Meter(), new QueryLedger(7));
            var attack = AttackCatalog.Create<IDifferentiable>(name, [new("queries", $"{budget}")]);
            attack.Perturb(victim.Metered(meter), inputs, labels, new Threat(new Linf(0.05)), new Run { Ledger = ledger }, Cancellation);

            var asked = Enumerable.Range(0, 7).Select(i => ledger[i]).ToArray();
            Assert.All(asked, count => Assert.InRange(count, 1, budget));
            Assert.Equal(meter.Forwards, asked.Sum());
            if (budget == 200) Assert.All(asked, count => Assert.InRange(count, 125, 200));
        }
    }

    [Theory, MemberData(nameof(BlackBoxes))]
    public void Asks_once_about_a_sample_that_the_victim_gets_wrong_anyway(string name)
    {
        var victim = new FunctionVictim(InputSpec.Image(1, 4, 4), x => stack([zeros(x.shape[0]), ones(x.shape[0])], 1));
        var inputs = rand(3, 1, 4, 4);
        var ledger = new QueryLedger(3);

        var moved = AttackCatalog.Create<IDifferentiable>(name).Perturb(
            victim, inputs, zeros(3, ScalarType.Int64), new Threat(new Linf(0.05)), new Run { Ledger = ledger }, Cancellation);

        Assert.True(moved.Equals(inputs));
        Assert.Equal([1L, 1, 1], Enumerable.Range(0, 3).Select(i => ledger[i]));
    }

    [Fact]
    public void A_sample_without_a_starting_point_is_left_alone()
    {
        // Nothing is ever class 1, which the attacker wants.
        var victim = new LabelsOnly(new FunctionVictim(Features, x => stack([ones(x.shape[0]), zeros(x.shape[0])], 1)));
        var data = new Batch(rand(3, 20), zeros(3, ScalarType.Int64));

        using var result = ((IEvasion<IClassifier>)new HopSkipJump { Queries = 80 }).Against(
            victim, data, new Threat(new L2(1)) { Target = ones(3, ScalarType.Int64) }, cancellation: Cancellation);

        Assert.Equal(0, result.MaxPerturbation);
        Assert.All(result.Samples, s => Assert.InRange(s.Queries!.Value, 1, 80));
    }

    [Fact]
    public void Asks_fewer_questions_when_it_may_stop_inside_the_ball()
    {
        var (victim, _, _, data) = Plane();
        IEvasion<IClassifier> all = new HopSkipJump { Queries = 1000 }, few = new HopSkipJump { Queries = 1000, StopInside = true };

        using var nearest = all.Against(victim, data, new Threat(new L2(1)), cancellation: Cancellation);
        using var inside = few.Against(victim, data, new Threat(new L2(1)), cancellation: Cancellation);

        Assert.Equal(0, inside.RobustAccuracy.Successes);
        Assert.True(inside.Samples.Sum(s => s.Queries) < nearest.Samples.Sum(s => s.Queries) / 2);
    }

    [Fact]
    public void Refuses_a_count_of_coordinates_where_it_cannot_walk() => Assert.Throws<ArgumentException>(
        () => new HopSkipJump().Perturb(Plane().Victim, rand(2, 20), zeros(2, ScalarType.Int64), new Threat(new L0(2)), new Run(), Cancellation));
}
