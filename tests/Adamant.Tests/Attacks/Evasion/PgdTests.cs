using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Tests.Victims;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class PgdTests : TensorTest
{
    private static readonly InputSpec Unit = new([3], 0, 1);

    // f(x) = Wx: for y = 0 the loss grows along w₁ − w₀ = (−3, 4, 0) wherever x is.
    private static ModuleVictim LinearVictim => new(Linear([[3, -4, 0], [0, 0, 0]]), Unit);

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    public void Finds_the_best_point_of_a_linear_model_in_Linf(bool randomStart, double momentum)
    {
        var attack = new Pgd { Steps = 10, RandomStart = randomStart, Momentum = momentum };

        var moved = Attack(attack, LinearVictim, [0.5f, 0.95f, 0.5f], 0, new Linf(0.1));

        Assert.Equal(0.4f, moved[0], 1e-6f);
        Assert.Equal(1f, moved[1], 1e-6f);                      // 1.05 is not a pixel
        if (!randomStart) Assert.Equal(0.5f, moved[2]);         // no gradient, no move
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void Finds_the_best_point_of_a_linear_model_in_L2(double momentum)
    {
        // The optimum is x + ε (−3, 4, 0) / 5.
        var moved = Attack(new Pgd { Steps = 10, RandomStart = false, Momentum = momentum }, LinearVictim, [0.5f, 0.5f, 0.5f], 0, new L2(0.25));

        Assert.Equal(0.35f, moved[0], 1e-6f);
        Assert.Equal(0.70f, moved[1], 1e-6f);
        Assert.Equal(0.5f, moved[2], 1e-6f);
    }

    [Fact]
    public void Comes_near_the_best_point_in_L2_from_a_random_start()
    {
        var moved = Attack(new Pgd { Steps = 100, StepSize = 0.02 }, LinearVictim, [0.5f, 0.5f, 0.5f], 0, new L2(0.25));

        Assert.Equal(0.35f, moved[0], 1e-3f);
        Assert.Equal(0.70f, moved[1], 1e-3f);
    }

    [Fact]
    public void Goes_to_the_target_and_not_just_away_from_the_truth()
    {
        // Away from class 0 the steepest way is towards class 1; class 2 is to the left along the third coordinate.
        using var victim = new ModuleVictim(Linear([[0, 0, 0], [9, 0, 0], [0, 0, -1]]), Unit);

        var moved = Attack(new Pgd { Steps = 5, RandomStart = false }, victim, [0.5f, 0.5f, 0.5f], 0, new Linf(0.1), target: 2);

        Assert.Equal([0.4f, 0.5f, 0.4f], moved.Select(v => MathF.Round(v, 5)));
    }

    [Fact]
    public void Momentum_carries_the_iterate_over_a_peak()
    {
        // Logits (0, −9 (x − ½)²): the loss of y = 0 has its peak at ½. From 0.44 in steps of 0.05 the velocity is 1, 2, then 2 − 1 = 1 past the peak,
        // 0, −1: 0.49, 0.54, 0.59, 0.59, 0.54. Without it the iterate bounces: 0.49, 0.54, 0.49, 0.54, 0.49.
        using var victim = new FunctionVictim(new InputSpec([1], 0, 1), x => cat([zeros_like(x), -9 * (x - 0.5).square()], 1));
        var plain = new Pgd { Steps = 5, StepSize = 0.05, RandomStart = false };

        Assert.Equal(0.49f, Attack(plain, victim, [0.44f], 0, new Linf(0.4))[0], 1e-5f);
        Assert.Equal(0.59f, Attack(plain with { Steps = 3, Momentum = 1 }, victim, [0.44f], 0, new Linf(0.4))[0], 1e-5f);
        Assert.Equal(0.59f, Attack(plain with { Steps = 4, Momentum = 1 }, victim, [0.44f], 0, new Linf(0.4))[0], 1e-5f);
        Assert.Equal(0.54f, Attack(plain with { Momentum = 1 }, victim, [0.44f], 0, new Linf(0.4))[0], 1e-5f);
    }

    [Fact]
    public void Takes_steps_that_can_cross_the_ball_when_no_size_is_given()
    {
        // 2.5 · ε / Steps = 0.025 per step at ε = 0.1 and 10 steps; 4 of them reach the edge.
        var steps = new List<AttackStep>();
        Attack(new Pgd { Steps = 10, RandomStart = false }, LinearVictim, [0.5f, 0.5f, 0.5f], 0, new Linf(0.1), progress: new Recorder(steps));

        Assert.Equal(Enumerable.Range(1, 10), steps.Select(s => s.Step));
        Assert.True(steps.Take(5).Zip(steps.Skip(1)).All(p => p.First.Loss < p.Second.Loss || p.First.Step >= 5));
        Assert.Equal(steps[5].Loss, steps[9].Loss, 1e-6);
    }

    [Fact]
    public void Refuses_parameters_that_make_no_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pgd { Steps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pgd { StepSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pgd { StepSize = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pgd { Momentum = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pgd() with { Steps = -1 });
    }

    [Fact]
    public void A_gradient_that_is_not_a_number_is_no_direction()
    {
        // The square root's gradient at 0 is infinite, and 0 · ∞ is not a number: that coordinate stays, the other moves.
        using var victim = new FunctionVictim(
            new InputSpec([2], 0, 1), x => stack([zeros(x.shape[0]), 0 * x.select(1, 0).sqrt() + x.select(1, 1)], 1));

        var moved = Attack(new Pgd { Steps = 1, StepSize = 0.1, RandomStart = false }, victim, [0, 0.5f], 0, new L2(0.1));

        Assert.Equal([0f, 0.6f], moved);
    }

    private static float[] Attack(
        Pgd attack, IDifferentiable victim, float[] x, long y, Ball ball, long? target = null, IProgress<AttackStep>? progress = null)
    {
        var threat = new Threat(ball) { Target = target is null ? null : tensor(new[] { target.Value }) };
        var moved = attack.Perturb(
            victim, tensor(x).reshape(1, x.Length), tensor(new[] { y }), threat, new Run { Progress = progress }, Cancellation);
        return moved.data<float>().ToArray();
    }

    private sealed class Recorder(List<AttackStep> steps) : IProgress<AttackStep>
    {
        public void Report(AttackStep value) => steps.Add(value);
    }
}
