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
}
