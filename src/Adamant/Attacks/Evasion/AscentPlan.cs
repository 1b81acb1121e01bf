using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>What <see cref="Apgd"/> and <see cref="ApgdTargeted"/> share: how many steps, of what, through which balls.</summary>
/// <param name="Steps">All steps together.</param>
/// <param name="Rho">ρ.</param>
/// <param name="EotSteps">Gradients per step.</param>
/// <param name="WideStart">In L1, through the balls of 3 ε and 2 ε first.</param>
/// <param name="Loss">From logits, labels and aims to one number per row.</param>
/// <param name="IsDlr">Whether a gradient of zero is suspicious: this loss does not saturate.</param>
internal sealed record AscentPlan(int Steps, double Rho, int EotSteps, bool WideStart, Func<Tensor, Tensor, Tensor?, Tensor> Loss, bool IsDlr)
{
    /// <summary>Attacks all samples, and moves them in place.</summary>
    /// <param name="victim">The white box.</param>
    /// <param name="inputs">The samples, <c>[N, …]</c>.</param>
    /// <param name="labels">Their classes, <c>[N]</c>.</param>
    /// <param name="aims">The classes to reach, <c>[aims, N]</c>; null for any wrong one.</param>
    /// <param name="threat">Of the samples.</param>
    /// <param name="run">Seed, progress, warnings.</param>
    /// <param name="cancellation">Obeyed before each question.</param>
    /// <returns>The first success of each sample; the highest point where there is none.</returns>
    public Tensor Attack(IDifferentiable victim, Tensor inputs, Tensor labels, Tensor? aims, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var generator = run.Generator();
        var (reached, rows) = (inputs.clone(), arange(inputs.shape[0], ScalarType.Int64).repeat(aims?.shape[0] ?? 1));
        var (origins, ofRows) = (inputs.index_select(0, rows), threat.Select(rows));
        var wide = WideStart && threat.Ball is L1;
        var early = wide ? (int)Math.Ceiling(0.3 * Steps) : 0;
        (double Factor, int Steps)[] balls = early > 0 && 2 * early < Steps ? [(3, early), (2, early), (1, Steps - (2 * early))] : [(1, Steps)];
        var at = Start(origins, ofRows.Ball, generator);
        for (var i = 0; i < balls.Length; i++)
        {
            var (factor, steps) = balls[i];
            var (own, ownRows) = (Widened(threat, factor), Widened(ofRows, factor));
            var start = ownRows.Place(i == 0 && factor > 1 ? randn(origins.shape, dtype: origins.dtype, generator: generator) : at - origins, origins, victim.Input);
            using var ascent = new Ascent(victim, this, steps, own, inputs, labels, aims, start, fresh: balls.Length == 1);
            at = ascent.Climb(i == balls.Length - 1 ? reached : null, run, cancellation);
        }
        return reached.MoveToOuterDisposeScope();
    }

    private static Threat Widened(Threat threat, double factor) => factor == 1 ? threat : threat with { Ball = threat.Ball with { Radius = factor * threat.Ball.Radius } };

    /// <summary>A random point on the ball's surface; in L1, noise that is larger than the ball and is brought back.</summary>
    private static Tensor Start(Tensor origins, Ball ball, Generator generator)
    {
        using var scope = NewDisposeScope();
        if (ball is L1) return (origins + randn(origins.shape, dtype: origins.dtype, generator: generator)).MoveToOuterDisposeScope();
        var noise = ball.Sample(origins, generator);
        var size = (ball.Radius / ball.Measure(noise).clamp_min(1.2e-38)).reshape([-1, .. Enumerable.Repeat(1L, (int)origins.dim() - 1)]);
        return (origins + (noise * size).nan_to_num_(0)).MoveToOuterDisposeScope();
    }
}
