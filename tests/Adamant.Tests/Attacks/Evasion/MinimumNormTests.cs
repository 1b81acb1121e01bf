using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Tests.Victims;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

/// <summary>Attacks that look for the nearest adversarial sample, where the nearest is known.</summary>
public sealed class MinimumNormTests : TensorTest
{
    private static readonly CarliniWagner CarliniWagner = new() { StepSize = 0.02, Steps = 200 };

    public static TheoryData<string, double> Optima => new()
    {
        // z₀ − z₁ = (3, −4, 0) · x + 0.6 is 0.1 at (½, ½, ½): the border is 0.1 / 5 away in L2, 0.1 / 7 in Linf and 0.1 / 4 in L1.
        { "L2/deep-fool", 0.02 }, { "Linf/deep-fool", 0.1 / 7 }, { "L1/deep-fool", 0.025 }, { "L2/carlini-wagner", 0.02 }, { "L2/ddn", 0.02 }, { "L2/fmn", 0.02 },
        { "Linf/fmn", 0.1 / 7 }, { "L1/fmn", 0.025 }, { "L1/ead", 0.025 }, { "L2/ead", 0.02 },
    };

    [Theory, MemberData(nameof(Optima))]
    public void Reaches_the_border_of_a_linear_model_by_the_shortest_way(string name, double distance)
    {
        using var victim = new ModuleVictim(Linear([[3, -4, 0], [0, 0, 0]], [0.6f, 0]), new InputSpec([3], 0, 1));

        var norms = Distances(name, victim, [0.5f, 0.5f, 0.5f]);

        Assert.Equal(1, norms.Success.Value);
        Assert.InRange(norms.Median, distance * (1 - 1e-4), distance * (name == "L2/ead" ? 1.06 : 1.03));           // the L1 term keeps EAD from the L2 optimum
    }

    [Theory]
    [InlineData("L2/deep-fool")]
    [InlineData("L2/carlini-wagner")]
    [InlineData("L2/ddn")]
    [InlineData("L2/fmn")]
    [InlineData("L2/ead")]
    public void Goes_around_the_bounds_of_the_range(string name)
    {
        // The gap is 3 x₀ − 4 x₁ + 2.6 = 1.4. The straight way would raise x₁ by 0.224, but there is room for 0.1 only: that takes 0.4, and x₀ has to take 1.
        using var victim = new ModuleVictim(Linear([[3, -4, 0], [0, 0, 0]], [2.6f, 0]), new InputSpec([3], 0, 1));

        var norms = Distances(name, victim, [0.8f, 0.9f, 0.5f]);

        Assert.Equal(1, norms.Success.Value);
        Assert.InRange(norms.Median, Math.Sqrt(0.01 + (1 / 9.0)) * (1 - 1e-4), 0.36);
    }

    [Fact]
    public void Changes_as_few_coordinates_as_needed_in_L0()
    {
        // The gap is 2.5 x₀ − 4 x₁ − 3 x₂ + x₃ + 1.5 = 1 at (½, ½, ½, ½ …): x₁ to 1 takes 2, which is enough. With 4.6 more, x₁ and x₂ take 3.5 and x₀ 1.25 of 4.6.
        using var one = new ModuleVictim(Linear([[2.5f, -4, -3, 1], [0, 0, 0, 0]], [2.75f, 0]), new InputSpec([4], 0, 1));
        using var three = new ModuleVictim(Linear([[2.5f, -4, -3, 1], [0, 0, 0, 0]], [6.35f, 0]), new InputSpec([4], 0, 1));

        Assert.Equal(1, Distances("L0/fmn", one, [0.5f, 0.5f, 0.5f, 0.5f]).Median);
        Assert.Equal(3, Distances("L0/fmn", three, [0.5f, 0.5f, 0.5f, 0.5f]).Median);
    }

    [Theory]
    [InlineData("L2/deep-fool")]
    [InlineData("L2/carlini-wagner")]
    [InlineData("L2/ddn")]
    [InlineData("L2/fmn")]
    [InlineData("L1/fmn")]
    [InlineData("L0/fmn")]
    [InlineData("L1/ead")]
    public void Goes_to_the_target_and_not_to_the_nearest_class(string name)
    {
        // Class 1 is 0.1 away along x₀, class 2 is 0.3 away along x₁.
        using var victim = new ModuleVictim(Linear([[0, 0], [1, 0], [0, 1]], [0, -0.6f, -0.8f]), new InputSpec([2], 0, 1));

        Assert.Equal(name[..2] == "L0" ? 1 : 0.1, Distances(name, victim, [0.5f, 0.5f]).Median, 0.005);
        Assert.Equal(name[..2] == "L0" ? 1 : 0.3, Distances(name, victim, [0.5f, 0.5f], target: 2).Median, 0.015);
    }

    [Fact]
    public void DeepFool_does_not_stall_where_a_popular_implementation_does()
    {
        // Half of the coordinates are at a bound and push outwards: clamped steps shrink, and without a floor they never cross.
        manual_seed(3);
        var network = nn.Sequential(nn.Linear(40, 64), nn.Tanh(), nn.Linear(64, 10));
        using var noGrad = no_grad();
        foreach (var weight in network.parameters()) weight.mul_(3);
        using var victim = new ModuleVictim(network, new InputSpec([40], 0, 1));
        var inputs = rand(100, 40).gt(0.5).to_type(ScalarType.Float32);
        var data = new Batch(inputs, victim.Predict(inputs));

        foreach (var ball in new Ball[] { new L2(1), new Linf(1) })
        {
            using var result = new DeepFool().Against(victim, data, new Threat(MinimumNorms.Widest(ball, victim.Input)), cancellation: Cancellation);
            Assert.InRange(MinimumNorms.Of(result).Success.Value, 0.99, 1);
        }
    }

    [Fact]
    public void DeepFool_says_where_it_is_blind()
    {
        using var victim = new FunctionVictim(new InputSpec([2], 0, 1), x => cat([x.round().sum(1, keepdim: true), 3 - x.sum(1, keepdim: true).round()], 1));
        using var result = new DeepFool().Against(
            victim, new Batch(tensor(new[] { 0.9f, 0.9f }).reshape(1, 2), tensor(new[] { 0L })), new Threat(new L2(1)), cancellation: Cancellation);

        Assert.Equal("zero-gradients", Assert.Single(result.Warnings).Code);
        Assert.True(Assert.Single(result.Samples).IsRobust);
    }

    [Theory]
    [InlineData("L2/deep-fool")]
    [InlineData("L2/carlini-wagner")]
    [InlineData("L2/ddn")]
    [InlineData("L2/fmn")]
    [InlineData("L1/fmn")]
    [InlineData("L0/fmn")]
    [InlineData("L1/ead")]
    public void Sealed_coordinates_stay_and_units_count(string name)
    {
        // The gap is 4 x₀ + 3 x₁ + x₂ − 3.9 = 0.1. x₀ is sealed; x₁ costs 1 per unit and x₂ a tenth: in units the slopes are 3 and 10.
        using var victim = new ModuleVictim(Linear([[4, 3, 1], [0, 0, 0]], [-3.9f, 0]), new InputSpec([3], 0, 1));
        using var factors = tensor(new[] { 0f, 1, 10 }).reshape(1, 3);
        using var one = Run(name, victim, [0.5f, 0.5f, 0.5f], ball => new Scaled(ball, factors));

        Assert.Equal(0.5f, one.Adversarials[0, 0].item<float>());
        var expected = name[..2] switch { "L2" => 0.1 / Math.Sqrt(109), "L1" => 0.01, _ => 1 };
        Assert.InRange(MinimumNorms.Of(one).Median, expected * (1 - 1e-4), expected * (name == "L1/fmn" ? 1.35 : 1.1));
    }

    [Fact]
    public void Refuses_norms_that_it_cannot_search_in()
    {
        foreach (var (attack, ball) in new (IEvasion<IDifferentiable>, Ball)[]
        {
            (new CarliniWagner(), new Linf(0.1)), (new Ddn(), new Linf(0.1)), (new Ead(), new Linf(0.1)), (new DeepFool(), new L0(2)), (new Fmn(), new Smooth(new Linf(0.1), 0.1)),
        })
        {
            using var victim = new ModuleVictim(Linear([[1, -1], [0, 0]]), new InputSpec([2], 0, 1));
            var error = Assert.Throws<ArgumentException>(() => attack.Perturb(victim, ones(1, 2), zeros(1, ScalarType.Int64), new Threat(ball), new Run(), Cancellation));
            Assert.StartsWith("Expected a ball in L", error.Message, StringComparison.Ordinal);
            Assert.Contains($"got {ball}", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Refuses_parameters_that_make_no_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeepFool { Steps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeepFool { Candidates = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeepFool { Overshoot = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CarliniWagner { InitialConstant = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CarliniWagner { SearchSteps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ddn { Gamma = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Fmn { StepSize = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ead { Beta = -1 });
    }

    [Fact]
    public void Counts_distances_and_quartiles_as_a_hand_would()
    {
        // One pixel, class 1 above ½: distances 0.3, 0.1, 0.2 and 0.4; the last sample is wrong already.
        using var victim = new FunctionVictim(new InputSpec([1], 0, 1), x => cat([zeros_like(x), 20 * (x - 0.5)], 1));
        var data = new Batch(tensor(new[] { 0.2f, 0.6f, 0.3f, 0.1f, 0.9f }).reshape(-1, 1), tensor(new[] { 0L, 1, 0, 0, 0 }));

        using var wide = new DeepFool().Against(victim, data, new Threat(MinimumNorms.Widest(new L2(0), victim.Input)), cancellation: Cancellation);
        var norms = MinimumNorms.Of(wide);

        Assert.Equal([0.3, 0.1, 0.2, 0.4, 0], norms.Distances.Select(d => Math.Round(d, 2)));
        Assert.Equal((4, 4), (norms.Success.Successes, norms.Success.Trials));
        Assert.Equal([0.175, 0.25, 0.325], new[] { norms.LowerQuartile, norms.Median, norms.UpperQuartile }.Select(d => Math.Round(d, 3)));

        using var narrow = new DeepFool().Against(victim, data, new Threat(new L2(0.25)), cancellation: Cancellation);
        Assert.Equal([double.PositiveInfinity, 0.1, 0.2, double.PositiveInfinity, 0], MinimumNorms.Of(narrow).Distances.Select(d => Math.Round(d, 2)));
    }

    private static MinimumNorms Distances(string name, IDifferentiable victim, float[] x, long? target = null)
    {
        using var result = Run(name, victim, x, target: target);
        return MinimumNorms.Of(result);
    }

    private static EvasionResult Run(string name, IDifferentiable victim, float[] x, Func<Ball, Ball>? scaled = null, long? target = null)
    {
        var (norm, attack) = (name.Split('/')[0], name.Split('/')[1]);
        Ball ball = norm switch { "L0" => new L0(1), "L1" => new L1(1), "L2" => new L2(1), _ => new Linf(1) };
        if (scaled is not null) ball = scaled(ball);
        var made = attack == "carlini-wagner" ? CarliniWagner : AttackCatalog.Create<IDifferentiable>(attack);
        var threat = new Threat(MinimumNorms.Widest(ball, victim.Input)) { Target = target is { } t ? tensor(new[] { t }) : null };
        return made.Against(victim, new Batch(tensor(x).reshape(1, x.Length), tensor(new[] { 0L })), threat, cancellation: Cancellation);
    }
}
