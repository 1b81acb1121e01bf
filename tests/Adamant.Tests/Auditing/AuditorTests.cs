using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Auditing;
using Adamant.Data;
using Adamant.Models;
using Adamant.Tests.Victims;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Auditing;

/// <summary>One pixel, class 1 above ½: five of the six samples are right, and how far each is from the border is seen at once.</summary>
public sealed class AuditorTests : TensorTest
{
    private static readonly FunctionVictim Threshold = new(new InputSpec([1], 0, 1), x => cat([zeros_like(x), 20 * (x - 0.5)], 1));

    private readonly Batch data = new(tensor(new[] { 0.2f, 0.45f, 0.2f, 0.55f, 0.9f, 0.3f }).reshape(-1, 1), tensor(new[] { 0L, 0, 1, 1, 1, 0 }));

    [Fact]
    public void Counts_what_a_hand_would_count()
    {
        var audited = Examine(Plan(("fgsm", new Fgsm())) with { CurveAt = [0.25, 1, 2.5] });

        // A tenth moves 0.45 and 0.55 over the border; a quarter also 0.3.
        Assert.Equal(new Proportion(5, 6), audited.CleanAccuracy);
        var finding = Assert.Single(audited.Attacks);
        Assert.Equal((new Proportion(3, 6), new Proportion(2, 5)), (finding.RobustAccuracy, finding.Success));
        Assert.Equal(finding.RobustAccuracy, audited.WorstCase);
        var curve = Assert.Single(audited.Curves);
        Assert.Equal([0, 0.025, 0.1, 0.25], curve.Points.Select(p => Math.Round(p.Epsilon, 9)));
        Assert.Equal([5, 5, 3, 2], curve.Points.Select(p => p.RobustAccuracy.Successes));
    }

    [Fact]
    public void Counts_each_class_of_the_victim_even_where_the_card_names_none()
    {
        var finding = Examine(Plan(("fgsm", new Fgsm()))).Attacks.Single();

        Assert.Equal([new Proportion(2, 3), new Proportion(1, 3)], finding.PerClass);
    }

    [Fact]
    public void The_worst_case_falls_where_any_attack_wins()
    {
        var audited = Examine(Plan(("up", new Shift(1)), ("down", new Shift(-1))));

        // Up takes 0.45 and down takes 0.55: each leaves four, and only three withstand both.
        Assert.Equal([("up", 4), ("down", 4)], audited.Attacks.Select(a => (a.Name, (int)a.RobustAccuracy.Successes)));
        Assert.Equal(new Proportion(3, 6), audited.WorstCase);
    }

    [Fact]
    public void Curves_end_where_the_range_of_the_inputs_does()
    {
        var audited = Examine(Plan(("fgsm", new Fgsm())) with { Ball = new Linf(0.7) });

        Assert.Equal([0, 0.175, 0.35, 0.7], audited.Curves.Single().Points.Select(p => Math.Round(p.Epsilon, 9)));
    }

    [Fact]
    public void A_curve_never_rises_even_under_an_attack_that_grows_weaker()
    {
        var audited = Examine(Plan(("moody", new Moody())) with { CurveAt = [0.55, 1, 2] });

        // It wins at about half the ε only: what fell there has fallen at every larger ε too.
        Assert.Equal([5, 3, 3, 3], audited.Curves.Single().Points.Select(p => p.RobustAccuracy.Successes));
        Assert.Equal(5, audited.WorstCase.Successes);
    }

    [Fact]
    public void A_minimum_norm_attack_draws_its_curve_from_one_run()
    {
        var audited = Examine(Plan(("nearest", new Nearest())) with { CurveAt = [0.25, 1, 2.5] });

        // The five that are right are 0.3, 0.05, 0.05, 0.4 and 0.2 from the border: the median is 0.2.
        Assert.Equal([5, 5, 3, 2], audited.Curves.Single().Points.Select(p => p.RobustAccuracy.Successes));
        Assert.Equal(0.2, audited.Attacks.Single().MedianDistance!.Value, 2);
        Assert.Equal(2, Nearest.Runs);
    }

    [Fact]
    public void Names_the_class_that_keeps_least()
    {
        var audited = Examine(Plan(("up", new Shift(1)), ("down", new Shift(-1))));

        // Of class 0, two of three withstand both; of class 1, where one was wrong before, only 0.9.
        Assert.Equal([new Proportion(2, 3), new Proportion(1, 3)], audited.WorstCasePerClass);
        Assert.Equal(1, audited.WorstClass);
        Assert.Equal(1, new AttackFinding
        {
            Name = "a",
            Parameters = "A",
            RobustAccuracy = default,
            Success = default,
            PerClass = [default, new(1, 2), new(1, 2)],
            MaxPerturbation = 0,
            Forwards = 0,
            Gradients = 0,
            Seconds = 0,
        }.WorstClass);
    }

    [Fact]
    public void Doubts_are_gathered_the_gravest_first()
    {
        var audited = Examine(Plan(("doubtful", new Doubtful())));

        Assert.Equal([(Severity.Serious, "zero-gradients"), (Severity.Warning, "few-steps")], audited.Doubts.Select(d => (d.Severity, d.Code)));
        var refused = audited with { Attacks = [audited.Attacks[0] with { Refusal = "it misses known optima.", Warnings = [] }] };
        Assert.Equal((Severity.Serious, "refused"), (Assert.Single(refused.Doubts).Severity, refused.Doubts[0].Code));
    }

    [Fact]
    public void When_the_time_is_up_the_rest_is_said_and_counts_as_robust()
    {
        var audited = Examine(Plan(("fgsm", new Fgsm()), ("pgd", new Pgd())) with { Budget = TimeSpan.Zero });

        Assert.Equal(audited.CleanAccuracy, audited.WorstCase);
        Assert.Equal(new NotRun("fgsm", 5), audited.NotRun[0]);
        Assert.Equal([("fgsm", 5L), ("pgd", 5L)], audited.NotRun.Select(n => (n.Attack, n.Samples)));
        Assert.All(audited.Curves, c => Assert.Equal([0], c.Points.Select(p => p.Epsilon)));
        Assert.All(audited.Curves, c => Assert.Equal([0.025, 0.05, 0.1, 0.15], c.LeftOut.Select(e => Math.Round(e, 9))));
        Assert.Equal(["time-up", "time-up", "curve-cut-short", "curve-cut-short"], audited.Doubts.Select(d => d.Code));
    }

    [Fact]
    public void Curves_take_the_first_samples_only()
    {
        var points = Examine(Plan(("fgsm", new Fgsm())) with { CurveSamples = 2, CurveAt = [1, 2.5] }).Curves.Single().Points;

        Assert.Equal([new Proportion(2, 2), new Proportion(1, 2), new Proportion(1, 2)], points.Select(p => p.RobustAccuracy));
    }

    [Fact]
    public void Shows_the_samples_that_fell_first()
    {
        var examples = Examine(Plan(("fgsm", new Fgsm())) with { Examples = 3 }).Examples;

        Assert.Equal([1, 3, 0], examples.Select(e => (int)e.Index));
        Assert.Equal([(0, 1), (1, 0), (0, 0)], examples.Select(e => (e.Clean.Class, e.Adversarial.Class)));
    }

    [Fact]
    public void Says_how_much_is_done_and_keeps_no_result_for_longer_than_it_needs_it()
    {
        List<(double Share, long Alive)> heard = [];
        Examine(Plan(("fgsm", new Fgsm()), ("pgd", new Pgd { Steps = 2 })) with
        {
            CurveAt = [0.5, 1],                                 // at 1 nothing is attacked again
            Progress = (share, _) => heard.Add((share, DisposeScopeManager.Statistics.ThreadTotalLiveCount)),
        });

        Assert.Equal([0, 0.25, 0.5, 0.75, 1], heard.Select(h => h.Share));
        Assert.Equal(heard[0].Alive, heard[2].Alive);
        Assert.Equal(heard[0].Alive, heard[4].Alive);
    }

    [Fact]
    public void The_score_of_an_attack_that_fails_its_self_test_is_refused_and_what_it_took_is_lost()
    {
        var audited = Examine(Plan(("nothing", new Shift(0)), ("up", new Shift(1)), ("fgsm", new Fgsm())));

        Assert.StartsWith("It fails the self-test (linear in Linf): it leaves 16 of 16", audited.Attacks[0].Refusal, StringComparison.Ordinal);
        Assert.NotNull(audited.Attacks[1].Refusal);
        Assert.Null(audited.Attacks[2].Refusal);
        Assert.True(audited.HasEvidence);
        Assert.Equal(new Proportion(3, 6), audited.WorstCase);

        var weak = Examine(Plan(("nothing", new Shift(0)), ("up", new Shift(1))));
        Assert.False(weak.HasEvidence);
        Assert.Equal(new Proportion(4, 6), weak.WorstCase);                 // 0.45 was seen to fall, whatever the attack is worth
    }

    [Fact]
    public void Refuses_a_plan_that_is_none()
    {
        var plan = Plan(("fgsm", new Fgsm()));

        Refused(plan with { Attacks = [] }, "Expected at least one attack");
        Refused(Plan(("fgsm", new Fgsm()), ("fgsm", new Fgsm())), "got 'fgsm' several times");
        Refused(plan with { CurveSamples = 0 }, "got 0");
        Refused(plan with { CurveSamples = -5 }, "got -5");
        Refused(plan with { Examples = -1 }, "got -1");
        Refused(plan with { CurveAt = [0.5, 0.25] }, "that rise, got 0.5, 0.25");
        Refused(plan with { CurveAt = [0] }, "above 0");
        Refused(plan with { Ball = new Linf(1.5) }, "Expected Linf ε of at most 1");
    }

    private void Refused(AuditPlan plan, string why) =>
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => Examine(plan)).Message, StringComparison.Ordinal);

    private AuditedModel Examine(AuditPlan plan) => Auditor.Examine(
        "threshold", new ModelCard { Architecture = "none", Arguments = new Dictionary<string, System.Text.Json.JsonElement>(), Input = Threshold.Input },
        Threshold, 0, data, plan, Cancellation);

    private static AuditPlan Plan(params (string, IEvasion<IDifferentiable>)[] attacks) => new() { Attacks = attacks, Ball = new Linf(0.1) };

    /// <summary>Moves every sample the same way.</summary>
    private sealed record Shift(int Direction) : IEvasion<IClassifier>
    {
        public Tensor Perturb(IClassifier victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) =>
            inputs + Direction * threat.Ball.Radius;
    }

    /// <summary>Wins at small ε only.</summary>
    [Restricted("answers to this test's model")]
    private sealed record Moody : IEvasion<IDifferentiable>
    {
        public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) => threat.Ball.Radius > 0.06
            ? inputs.alias()
            : new Fgsm().Perturb(victim, inputs, labels, threat, run, cancellation);
    }

    /// <summary>Goes just over the border.</summary>
    [Restricted("answers to this test's model")]
    private sealed record Nearest : IEvasion<IDifferentiable>, IMinimumNorm<IDifferentiable>
    {
        public static int Runs { get; private set; }

        public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
        {
            Runs++;
            return where(labels.reshape(-1, 1).eq(0), full_like(inputs, 0.501), full_like(inputs, 0.499));
        }
    }

    [Restricted("answers to this test's model")]
    private sealed record Doubtful : IEvasion<IDifferentiable>
    {
        public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
        {
            run.Warn?.Invoke(new AttackWarning("few-steps", "Do more."));
            run.Warn?.Invoke(new AttackWarning("zero-gradients", "Nothing to follow."));
            return inputs.alias();
        }
    }
}
