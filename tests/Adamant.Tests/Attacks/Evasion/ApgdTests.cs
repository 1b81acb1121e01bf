using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Tests.Victims;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class ApgdTests : TensorTest
{
    [Fact]
    public void Checks_its_step_sizes_where_the_paper_does()
    {
        Assert.Equal([22, 41, 57, 70, 80, 87, 93, 99], Ascent.Checks(100, sparse: false).Order());
        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9, 10], Ascent.Checks(10, sparse: false).Order());
        Assert.Equal(25, Ascent.Checks(100, sparse: true).Count);
    }

    [Fact]
    public void Steps_by_two_epsilon_and_halves_from_the_best_point_when_nothing_gets_better()
    {
        // Logits (0, −(x − 0.7)²): the loss of class 0 is highest at x = 0.7, which a step of 0.8 jumps across. With 4 steps there is a check after each.
        var seen = new List<float>();
        using var victim = new FunctionVictim(new InputSpec([1], 0, 1), x =>
        {
            seen.Add(x[0, 0].item<float>());
            return cat([zeros_like(x), -(x - 0.7).square()], 1);
        });

        new Apgd { Steps = 4 }.Perturb(victim, tensor(new[,] { { 0.5f } }), tensor(new[] { 0L }), new Threat(new Linf(0.4)), new Run(), Cancellation);

        // The sample; a corner of the ball, 0.1 or 0.9; from there the first step of 2 ε has no momentum.
        Assert.Equal(6, seen.Count);
        Assert.Equal(0.5f, seen[0]);
        Assert.Equal(0.4f, MathF.Abs(seen[1] - 0.5f), 1e-6f);
        Assert.Equal(1f, seen[1] + seen[2], 1e-6f);
        var best = 0.9f;
        if (seen[1] == best)
        {
            // Start 0.9, step to 0.1: worse, so half a step (0.4) from 0.9: z = 0.5, and momentum of 0.9 − 0.9 = 0 after 0.1 is left behind: x₂ = 0.9 + 0.75 · (0.5 − 0.9) + 0.25 · (0.9 − 0.9).
            Assert.Equal(0.6f, seen[3], 1e-5f);
        }
    }

    [Fact]
    public void Reaches_the_corner_that_is_best_for_a_linear_model()
    {
        using var victim = new ModuleVictim(Linear([[1, -2, 0.5f], [0, 0, 0]], [9, 0]), new InputSpec([3], 0, 1));
        var moved = Move(victim, new Apgd { Steps = 10 }, new Linf(0.1), [0.5f, 0.05f, 0.5f]);

        Assert.Equal([0.4f, 0.15f, 0.4f], moved.Select(v => MathF.Round(v, 5)));
    }

    [Fact]
    public void Reaches_the_best_point_of_the_sphere_in_L2()
    {
        using var victim = new ModuleVictim(Linear([[3, -4, 0], [0, 0, 0]], [9, 0]), new InputSpec([3], 0, 1));
        var moved = Move(victim, new Apgd { Steps = 50 }, new L2(0.25), [0.5f, 0.5f, 0.5f]);

        Assert.Equal(0.35f, moved[0], 1e-3f);
        Assert.Equal(0.7f, moved[1], 1e-3f);
        Assert.Equal(0.5f, moved[2], 0.02f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Spends_L1_on_the_coordinates_that_matter_most_and_fills_them_first(bool wide)
    {
        // The steepest coordinate has room for 0.1 only: the rest of 0.25 goes to the next.
        using var victim = new ModuleVictim(Linear([[1, -8, 4, 0], [0, 0, 0, 0]], [9, 0]), new InputSpec([4], 0, 1));
        var moved = Move(victim, new Apgd { Steps = 100, WideStart = wide }, new L1(0.25), [0.5f, 0.9f, 0.5f, 0.5f]);

        Assert.Equal(0.5f, moved[0], 0.01f);
        Assert.Equal(1f, moved[1], 1e-4f);
        Assert.Equal(0.35f, moved[2], 0.01f);
    }

    [Fact]
    public void Repeats_each_gradient_for_victims_that_are_random()
    {
        using var victim = new ModuleVictim(Linear([[1, 0], [0, 0]], [5, 0]), new InputSpec([2], 0, 1));
        var meter = new Meter();
        new Apgd { Steps = 7, EotSteps = 3 }.Perturb(victim.Metered(meter), full(2, 2, 0.5f), zeros(2, ScalarType.Int64), new Threat(new Linf(0.1)), new Run(), Cancellation);

        Assert.Equal(2 * 3 * (7 + 1), meter.Gradients);
        Assert.Equal(meter.Gradients + 2, meter.Forwards);
    }

    [Fact]
    public void Says_when_there_are_too_few_classes_for_its_loss()
    {
        using var victim = new ModuleVictim(Linear([[1, -1], [0, 0]]), new InputSpec([2], 0, 1));
        var warned = new List<AttackWarning>();
        var run = new Run { Warn = warned.Add };

        new Apgd { Steps = 2, Loss = ApgdLoss.Dlr }.Perturb(victim, full(1, 2, 0.5f), tensor(new[] { 0L }), new Threat(new Linf(0.1)), run, Cancellation);
        new ApgdTargeted { Steps = 2 }.Perturb(victim, full(1, 2, 0.5f), tensor(new[] { 0L }), new Threat(new Linf(0.1)), run, Cancellation);

        Assert.Equal(["few-classes", "few-classes"], warned.Select(w => w.Code));
    }

    [Fact]
    public void Refuses_parameters_that_make_no_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Apgd { Steps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Apgd { Rho = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Apgd { EotSteps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApgdTargeted { Targets = 0 });
    }

    private static float[] Move(ModuleVictim victim, Apgd attack, Ball ball, float[] x)
    {
        var inputs = tensor(x).unsqueeze(0);
        return attack.Perturb(victim, inputs, victim.Predict(inputs), new Threat(ball), new Run(), Cancellation).data<float>().ToArray();
    }
}
