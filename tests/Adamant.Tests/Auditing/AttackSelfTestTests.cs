using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Auditing;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Auditing;

public sealed class AttackSelfTestTests : TensorTest
{
    private static readonly Ball[] Balls = [new Linf(0.1), new L2(0.7), new L1(3), new L0(2), new Linf(8)];

    public static TheoryData<string> Names => [.. AttackCatalog.All.Where(a => !a.IsOnTexts).Select(a => a.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_attack_of_the_catalog_passes_what_it_must(string name)
    {
        var results = AttackSelfTest.Examine(name, AttackCatalog.Create<IDifferentiable>(name), Cancellation);

        Assert.DoesNotContain(results, r => r.Verdict == SelfTestVerdict.Failed);
        Assert.All(results, r => Assert.Equal(r.Verdict == SelfTestVerdict.Passed, r.Reason == ""));
        Assert.True(results.All(r => r.Verdict == SelfTestVerdict.NotApplicable) || results.Any(r => r.IsMandatory && r.Verdict == SelfTestVerdict.Passed));
    }

    [Fact]
    public void The_planted_samples_are_where_the_formula_says()
    {
        foreach (var ball in Balls)
        {
            // The best move goes straight to the border: all of the ball's steepest direction, or the best coordinates as far as they go.
            using var planted = new PlantedModel(ball, 0.9, 1.1);
            var falling = Fallen(planted, planted.Ball.Radius);
            Assert.Equal(8, falling.Count(f => f));
            Assert.Equal(falling.Count, planted.Data.Count);
            if (ball is L0) continue;
            Assert.Equal(0, Fallen(planted, planted.Ball.Radius * 0.899).Count(f => f));
            Assert.Equal(16, Fallen(planted, planted.Ball.Radius * 1.101).Count(f => f));
        }
    }

    [Fact]
    public void Attacks_that_follow_gradients_are_blind_behind_a_mask()
    {
        var results = AttackSelfTest.Examine("pgd", new Pgd(), Cancellation).ToDictionary(r => r.Case);

        Assert.Equal((SelfTestVerdict.Passed, true, new Proportion(8, 16)), (results["linear in Linf"].Verdict, results["linear in Linf"].IsMandatory, results["linear in Linf"].Reached));
        Assert.Equal((SelfTestVerdict.Blind, false), (results["quantized inputs"].Verdict, results["quantized inputs"].IsMandatory));
        Assert.Equal(SelfTestVerdict.Blind, results["saturated outputs"].Verdict);                       // its cross-entropy underflows
        Assert.Equal(SelfTestVerdict.Blind, AttackSelfTest.Examine("ddn", new Ddn(), Cancellation).Single(r => r.Case == "quantized inputs").Verdict);      // no direction is no NaN
        Assert.Equal(SelfTestVerdict.Passed, AttackSelfTest.Examine("fmn", new Fmn(), Cancellation).Single(r => r.Case == "saturated outputs").Verdict);
    }

    [Fact]
    public void An_attack_that_needs_scores_only_must_see_through_quantized_inputs()
    {
        var results = AttackSelfTest.Examine("search", new CoordinateSearch(), Cancellation).ToDictionary(r => r.Case);

        Assert.Equal((SelfTestVerdict.Passed, true), (results["quantized inputs"].Verdict, results["quantized inputs"].IsMandatory));
        Assert.Equal(SelfTestVerdict.NotApplicable, results["linear in L2"].Verdict);
        Assert.Contains("Expected Linf", results["linear in L2"].Reason, StringComparison.Ordinal);
        Assert.Equal(SelfTestVerdict.Failed, AttackSelfTest.Examine("half", new CoordinateSearch { Share = 0.5 }, Cancellation).Single(r => r.Case == "quantized inputs").Verdict);
    }

    [Fact]
    public void Broken_attacks_are_refused()
    {
        foreach (var ball in Balls[..2])
        {
            Assert.Null(AttackSelfTest.Refusal(new Pgd(), ball, Cancellation));
            Assert.Null(AttackSelfTest.Refusal(new Pgd().Repeat(2), ball, Cancellation));
            Refused(new Descends(), ball);
            Refused(new DoesNothing(), ball);
            Refused(new Pgd { Steps = 1, StepSize = 0.01 * ball.Radius, RandomStart = false }, ball);
            Refused(new Pgd { Steps = 10, StepSize = 0.05 * ball.Radius }, ball);
        }
        Assert.Null(AttackSelfTest.Refusal(new DoesNothing(), new Linf(0), Cancellation));
        using var factors = ones(1, 3);
        Refused(new DoesNothing(), new Scaled(new Linf(0.1), factors));

        static void Refused(IEvasion<IDifferentiable> attack, Ball ball) =>
            Assert.StartsWith("It fails the self-test (linear in L", AttackSelfTest.Refusal(attack, ball, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public void Restricted_attacks_are_not_examined()
    {
        Assert.All(AttackSelfTest.Examine("rest", new Rests(), Cancellation), r => Assert.Equal((SelfTestVerdict.NotApplicable, "It rests."), (r.Verdict, r.Reason)));
        Assert.Null(AttackSelfTest.Refusal(new Rests(), new Linf(0.1), Cancellation));
        Assert.Null(AttackSelfTest.Refusal(new Rests().Repeat(2), new Linf(0.1), Cancellation));
        Assert.NotNull(AttackSelfTest.Refusal(new WorstOf<IDifferentiable>(new Rests(), new DoesNothing()), new Linf(0.1), Cancellation));
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        AttackSelfTest.Examine("fgsm", new Fgsm(), Cancellation);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        AttackSelfTest.Examine("fgsm", new Fgsm(), Cancellation);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    /// <summary>Moves each sample the whole way towards the border.</summary>
    private static List<bool> Fallen(PlantedModel planted, double radius)
    {
        using var noGrad = no_grad();
        var (x, y) = (planted.Data.Inputs, planted.Data.Labels);
        var (_, _, gradient) = LossGradient.Of(new ModuleVictim(new PlantedNetwork((inputs, _) => planted.Logits(inputs)), planted.Input), x, z => Losses.Margin(z, y, null));
        var ball = planted.Ball with { Radius = radius };
        var delta = ball is L0 ? ball.Project(gradient) * 100 : radius * ball.Steepest(gradient);
        var moved = (x + delta).clamp(planted.Input.Min, planted.Input.Max);
        if (ball is not L0) Assert.True(moved.allclose(x + delta));                                     // no bound is in the way
        return [.. planted.Logits(moved).argmax(1).ne(y).data<bool>()];
    }

    private sealed record Descends : IEvasion<IDifferentiable>
    {
        public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) =>
            2 * inputs - new Pgd { RandomStart = false }.Perturb(victim, inputs, labels, threat, run, cancellation);
    }

    private sealed record DoesNothing : IEvasion<IClassifier>
    {
        public Tensor Perturb(IClassifier victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) => inputs.clone();
    }

    [Restricted("rests")]
    private sealed record Rests : IEvasion<IClassifier>
    {
        public Tensor Perturb(IClassifier victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) => inputs.clone();
    }

    /// <summary>Coordinate by coordinate, to whichever side the scores get worse.</summary>
    private sealed record CoordinateSearch : IEvasion<IScoring>
    {
        public double Share { get; init; } = 1;

        public Tensor Perturb(IScoring victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
        {
            if (threat.Ball is not Linf) throw new ArgumentException($"Expected Linf, got {threat.Ball}.");
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var x = inputs.clone();
            var best = Losses.Margin(victim.Logits(x), labels, null);
            for (var i = 0; i < x[0].numel() * Share; i++)
            {
                foreach (var side in new[] { -1, 1 })
                {
                    var tried = x.clone();
                    tried.flatten(1).select(1, i).add_(side * threat.Ball.Radius);
                    var placed = threat.Place(tried - inputs, inputs, victim.Input);
                    var margin = Losses.Margin(victim.Logits(placed), labels, null);
                    var better = margin.gt(best);
                    x = where(better.reshape(-1, 1, 1, 1), placed, x);
                    best = maximum(best, margin);
                }
            }
            return x.MoveToOuterDisposeScope();
        }
    }
}
