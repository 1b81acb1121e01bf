using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Auditing;
using Adamant.Data;
using Adamant.Models;
using Adamant.Victims;
using FsCheck;
using FsCheck.Xunit;

namespace Adamant.Tests.Attacks;

public sealed class ScaledTests : TensorTest
{
    [Fact]
    public void Gives_each_coordinate_its_own_epsilon()
    {
        var ball = new Scaled(new Linf(0.5), tensor(new[] { 1f, 4f, 0f }).reshape(1, 3));
        var delta = tensor(new[] { 3f, -4f, 0f, 0.25f, 1f, 0f }).reshape(2, 3);

        Assert.Equal([3f, 0.25f], Values(ball.Measure(delta)));
        Assert.Equal([0.5f, -2f, 0f, 0.25f, 1f, 0f], Values(ball.Project(delta)));
        Assert.Equal([1f, -4f, 0f, 1f, 4f, 0f], Values(ball.Steepest(delta)));
    }

    [Fact]
    public void Does_not_move_what_has_the_factor_0_and_measures_such_a_move_as_infinite()
    {
        var ball = new Scaled(new L2(1), tensor(new[] { 1f, 0f }).reshape(1, 2));
        var delta = tensor(new[] { 0.5f, 1e-6f, 2f, 7f }).reshape(2, 2);

        Assert.Equal([float.PositiveInfinity, float.PositiveInfinity], Values(ball.Measure(delta)));
        Assert.Equal([0.5f, 0f, 1f, 0f], Values(ball.Project(delta)));
        Assert.Equal([1f, 0f, 1f, 0f], Values(ball.Steepest(delta)));
    }

    [Fact]
    public void Takes_a_factor_per_channel_or_a_mask_of_each_sample()
    {
        var delta = ones(2, 3, 2);

        var channels = new Scaled(new Linf(0.5), tensor(new[] { 1f, 0.5f }).reshape(1, 1, 2)).Project(delta);
        var masks = new Scaled(new Linf(0.5), tensor(new[] { 1f, 0f, 0f, 1f, 1f, 0f }).reshape(2, 3, 1)).Project(delta);

        Assert.Equal([0.5f, 0.25f], Values(channels[1, 2]));
        Assert.Equal([0.5f, 0f, 0f, 0.5f, 0.5f, 0f], Values(masks.select(2, 1)));
    }

    [Property(MaxTest = 50)]
    public bool What_is_projected_or_drawn_is_inside_and_projecting_it_again_changes_nothing(PositiveInt radius, int seed, bool euclidean)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)(uint)seed, CPU);
        Ball inner = euclidean ? new L2(radius.Get / 50.0) : new Linf(radius.Get / 50.0);
        var ball = new Scaled(inner, (rand([1, 3, 4], generator: generator) * 2 - 0.5).clamp_min(0));
        var far = randn([5, 3, 4], generator: generator) * 3;
        var projected = ball.Project(far);

        return ball.Measure(projected).max().item<float>() <= ball.Radius * (1 + 1e-5)
            && ball.Measure(ball.Sample(far, generator)).max().item<float>() <= ball.Radius * (1 + 1e-5)
            && ball.Project(projected).allclose(projected, 1e-5)
            && (ball.Steepest(far) * far).flatten(1).sum(1).ge(0).all().item<bool>();
    }

    [Fact]
    public void Keeps_its_factors_when_the_radius_changes()
    {
        Ball ball = new Scaled(new Linf(1), tensor(new[] { 0.1f, 2f }).reshape(1, 2));

        var half = ball with { Radius = 0.5 };

        Assert.Equal([0.05f, 1f], Values(half.Project(full(1, 2, 9f))));
        Assert.Equal("Linf × (0.1, 2) 0.5", half.ToString());
        Assert.Equal(0.5, new Scaled(new Linf(3), ones(1, 1)).Widest(new InputSpec([1], 0, 0.5)));
    }

    [Fact]
    public void Is_equal_to_another_with_the_same_numbers_only()
    {
        var ball = new Scaled(new Linf(1), tensor(new[] { 0.1f, 2f }).reshape(1, 2));

        Assert.Equal(ball, new Scaled(new Linf(1), tensor(new[] { 0.1f, 2f }).reshape(1, 2)));
        Assert.Equal(ball.GetHashCode(), new Scaled(new Linf(1), tensor(new[] { 0.1f, 2f }).reshape(1, 2)).GetHashCode());
        Assert.Equal(ball with { Radius = 2 }, new Scaled(new Linf(2), ball.Factors));
        Assert.NotEqual(ball, new Scaled(new Linf(1), tensor(new[] { 0.1f, 3f }).reshape(1, 2)));
        Assert.NotEqual(ball, new Scaled(new Linf(1), tensor(new[] { 0.1f, 2f }).reshape(2, 1)));
        Assert.NotEqual(ball, new Scaled(new L2(1), ball.Factors));
        Assert.Equal("L2 × [1, 50] 1", new Scaled(new L2(1), ones(1, 50)).ToString());
    }

    [Fact]
    public void Refuses_factors_that_are_none_or_do_not_fit()
    {
        Assert.Contains("Expected finite factors of at least 0", Assert.Throws<ArgumentException>(() => new Scaled(new Linf(1), tensor(-1f).reshape(1, 1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Scaled(new Linf(1), tensor(float.NaN).reshape(1, 1)));

        Assert.EndsWith(
            "around Linf (slope 0.5) 1, which binds coordinates to each other, got 0. Put the mask inside. (Parameter 'factors')",
            Assert.Throws<ArgumentException>(() => new Scaled(new Smooth(new Linf(1), 0.5), zeros(1, 1))).Message, StringComparison.Ordinal);

        var error = Assert.Throws<ArgumentException>(() => new Scaled(new Linf(1), ones(3)).Project(zeros(2, 5, 3)));
        Assert.Equal(
            "Expected factors that fit samples [2, 5, 3], each dimension the same or 1, got [3]. A factor per channel has the shape [1, 1, 3].", error.Message);
    }

    [Fact]
    public void A_threat_compares_the_largest_factor_with_the_range()
    {
        var threat = new Threat(new Scaled(new Linf(1), tensor(new[] { 0.1f, 2f }).reshape(1, 2)));

        threat.Check(new InputSpec([2], 0, 2));
        threat.Check(InputSpec.Features(2));
        Assert.Contains("ε of at most 0.5", Assert.Throws<ArgumentException>(() => threat.Check(new InputSpec([2], 0, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_harness_holds_each_sample_to_its_own_factors_whatever_the_attack_does_to_them()
    {
        // f(x) = (x, 0): positive is class 0. Each sample may move by its own factor, and only the second far enough to change its sign.
        using var victim = new ModuleVictim(Linear([[1], [0]]), InputSpec.Features(1));
        var data = new Batch(tensor(new[] { 0.5f, 0.5f, 0.5f }).reshape(3, 1), zeros(3, ScalarType.Int64));
        var threat = new Threat(new Scaled(new Linf(1), tensor(new[] { 0.1f, 0.75f, 0f }).reshape(3, 1)));

        using var result = new Forger().Against(victim, data, threat, batchSize: 2, cancellation: Cancellation);

        Assert.Equal([0.4f, -0.25f, 0.5f], Values(result.Adversarials));
        Assert.Equal([true, false, true], result.Samples.Select(s => s.IsRobust));
        Assert.Equal([1, 1, 0], result.Samples.Select(s => Math.Round(s.Perturbation, 5)));
    }

    [Fact]
    public void An_audit_sweeps_its_radius()
    {
        using var network = new Mlp(2, [4], 2);
        var data = new Batch(rand(6, 2), zeros(6, ScalarType.Int64));
        var plan = new AuditPlan { Attacks = [("fgsm", new Fgsm())], Ball = new Scaled(new Linf(1), rand(6, 2)), CurveSamples = 4, Examples = 0 };
        var card = new ModelCard
        {
            Architecture = "none",
            Arguments = new Dictionary<string, System.Text.Json.JsonElement>(),
            Input = network.Input,
            ClassNames = ["a", "b"],
        };

        var model = Auditor.Examine("a", card, network.AsVictim(), network.ParameterCount, data, plan, Cancellation);

        Assert.Equal([0, 0.25, 0.5, 1, 1.5], model.Curves[0].Points.Select(p => p.Epsilon));
    }

    /// <summary>Steps far down, and gives itself larger factors.</summary>
    private sealed record Forger : IEvasion<IClassifier>
    {
        public Tensor Perturb(IClassifier victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
        {
            ((Scaled)threat.Ball).Factors.fill_(100);
            return inputs - 50;
        }
    }

    private static float[] Values(Tensor tensor) => [.. tensor.contiguous().data<float>().ToArray().Select(v => MathF.Round(v, 5))];
}
