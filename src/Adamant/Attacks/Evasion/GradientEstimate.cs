using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Projected ascent of the margin along gradients that are estimated from scores, the one idea of <see cref="Spsa"/> and <see cref="Nes"/>:
/// <code>ĝ = mean_b (m(x + δ u_b) − m(x − δ u_b)) / 2δ · u_b,   v ← μ v + ĝ / mean|ĝ|,   x ← Π(x + α · steepest(v))</code>
/// </summary>
/// <param name="Draw">A random direction of a shape.</param>
internal sealed record GradientEstimate(Func<long[], Generator, Tensor> Draw)
{
    private const double Tiny = 1e-30;

    public required int Queries { get; init; }

    public required int Samples { get; init; }

    public required double Probe { get; init; }

    public required double? StepSize { get; init; }

    public required double Momentum { get; init; }

    /// <summary>See <see cref="IEvasion{TVictim}.Perturb"/>.</summary>
    public Tensor Climb(IScoring victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = run.Generator();
        var questions = new Questions(labels, threat, Queries, run, cancellation);
        var pairs = Math.Max(1, Math.Min(Samples, Queries - 2) / 2);
        var length = StepSize ?? 2.5 * threat.Ball.Radius / Math.Max(1, (Queries - 1) / ((2 * pairs) + 1));
        var (x, velocity) = (inputs.detach().clone(), zeros_like(inputs));
        var reach = threat.Ball.Reach(inputs).expand_as(inputs);
        var active = arange(inputs.shape[0], ScalarType.Int64);
        while (true)
        {
            using var inner = NewDisposeScope();
            var (margin, fooled) = questions.Score(victim, active, x.index_select(0, active));
            questions.Report(margin.mean().ToDouble());
            active = questions.Affordable(active.masked_select(fooled.logical_not()), (2 * pairs) + 1).MoveToOuterDisposeScope();
            if (active.shape[0] == 0) break;

            var gradient = Gradient(victim, questions, active, x.index_select(0, active), reach.index_select(0, active).ne(0), pairs, generator);
            var direction = (velocity.index_select(0, active) * Momentum) + gradient;
            velocity.index_copy_(0, active, direction);
            var (part, originals) = (threat.Select(active), inputs.index_select(0, active));
            var delta = part.Ball.Steepest(direction) * length + x.index_select(0, active) - originals;
            x.index_copy_(0, active, part.Place(delta, originals, victim.Input));
        }
        return x.MoveToOuterDisposeScope();
    }

    /// <summary>The estimate, scaled to mean absolute value 1; coordinates that cannot move are not probed.</summary>
    private Tensor Gradient(IScoring victim, Questions questions, Tensor rows, Tensor x, Tensor free, int pairs, Generator generator)
    {
        using var scope = NewDisposeScope();
        var (total, center) = (zeros_like(x), x.unsqueeze(1));
        long[] ones = [.. Enumerable.Repeat(1L, (int)x.dim() - 1)];
        for (int done = 0, count; done < pairs; done += count)
        {
            using var inner = NewDisposeScope();
            count = (int)Math.Clamp(Questions.AtOnce / (2 * rows.shape[0]), 1, pairs - done);
            var u = Draw([rows.shape[0], count, .. x.shape[1..]], generator) * free.unsqueeze(1);
            var probes = cat([center + (Probe * u), center - (Probe * u)], 1).clamp(victim.Input.Min, victim.Input.Max);
            var margins = questions.Score(victim, rows.repeat_interleave(2 * count), probes.flatten(0, 1)).Margin.reshape(-1, 2, count);
            var slopes = margins.select(1, 0) - margins.select(1, 1);
            total.add_((u * slopes.reshape([-1, count, .. ones])).sum(1));
        }
        return (total / total.abs().flatten(1).mean([1]).clamp_min(Tiny).reshape([-1, .. ones])).MoveToOuterDisposeScope();
    }
}
