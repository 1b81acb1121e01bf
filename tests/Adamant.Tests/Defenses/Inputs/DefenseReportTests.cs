using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Defenses.Inputs;
using Adamant.Victims;

namespace Adamant.Tests.Defenses.Inputs;

public sealed class DefenseReportTests : TensorTest
{
    private readonly ModuleVictim model = new ModuleVictim(Linear([[1, -1, 0, 0], [-1, 1, 0, 0]]), new InputSpec([4], 0, 1));

    [Fact]
    public void Gives_both_scores_and_the_lower_one_to_believe()
    {
        var inputs = rand(60, 4);
        var defense = new InputDefense { Sanitizers = [new BitDepth { Bits = 3 }] };
        var labels = defense.Protect(model).Predict(inputs);

        var report = DefenseReport.Examine(
            model, defense, new Batch(inputs, labels), new Threat(new Linf(0.2)), new Pgd { Steps = 5, RandomStart = false }, cancellation: Cancellation);

        Assert.Equal("BitDepth { Bits = 3 }", report.Defense);
        Assert.Equal(1, report.Naive.RobustAccuracy.Value);
        Assert.True(report.Adaptive.RobustAccuracy.Value < 0.6, $"{report.Adaptive.RobustAccuracy}");
        Assert.Equal(report.Adaptive.RobustAccuracy, report.Believe);
        Assert.Null(report.FalsePositives);
    }

    [Fact]
    public void Counts_what_a_detector_stops_among_clean_samples()
    {
        var (clean, fresh) = (rand(200, 4), rand(100, 4));
        using var calibrated = Calibrated.Of(new RangeCheck(), model, new Batch(clean, model.Predict(clean)), 0.1);
        var defense = new InputDefense { Detector = calibrated };

        var report = DefenseReport.Examine(
            model, defense, new Batch(fresh, model.Predict(fresh)), new Threat(new Linf(0.1)), new Fgsm(), cancellation: Cancellation);

        Assert.Equal("RangeCheck at a rate of 0.1", report.Defense);
        Assert.Equal(report.FalsePositives!.Value.Successes, report.Naive.Samples.Count(s => s.Clean == IClassifier.Rejected));
        Assert.True(report.Believe.Value <= report.Naive.RobustAccuracy.Value);
    }

    [Fact]
    public void No_report_can_be_made_by_hand_or_without_a_defense()
    {
        Assert.Empty(typeof(DefenseReport).GetConstructors());
        Assert.Throws<ArgumentException>(
            () => DefenseReport.Examine(model, new InputDefense(), new Batch(rand(1, 4), zeros(1, ScalarType.Int64)), new Threat(new Linf(0.1)), cancellation: Cancellation));
    }

    [Fact]
    public void An_attacker_who_knows_the_defense_brings_what_it_takes()
    {
        var plain = new Pgd();
        var (bits, noise) = (new InputDefense { Sanitizers = [new BitDepth()] }, new InputDefense { Sanitizers = [new RandomNoise()] });

        Assert.Equal(new WorstOf<IDifferentiable>(plain.Bpda(), plain), plain.Knowing(bits));
        Assert.Equal(new WorstOf<IDifferentiable>(plain.Eot(8).Bpda(), plain), plain.Knowing(noise, 8));
        Assert.Equal(plain, plain.Knowing(new InputDefense()));
    }
}
