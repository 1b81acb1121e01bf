using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Certification;
using Adamant.Certification.Training;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Certification;

public sealed class BracketTests : CertificationTest
{
    private static readonly Threat Tenth = new(new Linf(0.1));

    /// <summary>Remembers how many samples it was given.</summary>
    private sealed record Spy(List<long> Seen) : IEvasion<IDifferentiable>
    {
        public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
        {
            Seen.Add(inputs.shape[0]);
            return new Pgd().Perturb(victim, inputs, labels, threat, run, cancellation);
        }
    }

    [Fact]
    public void Certified_samples_are_not_attacked_and_the_rest_is_judged_by_the_harness()
    {
        // x₀ + x₁ against 1: far right, far but wrong label, near the line, and on neither side for long.
        using var network = LinearNetwork(new float[,] { { 0, 0 }, { 1, 1 } }, [0, -1]);
        var data = Rows(new[,] { { 1f, 1f }, { 1f, 1f }, { 0.55f, 0.55f }, { 0f, 0f } }, 1, 0, 1, 0);
        var spy = new Spy([]);

        var bracket = Bracket.Of<IDifferentiable>(network.AsVictim(), new ExactLinear(network), spy, data, Tenth, cancellation: Cancellation);

        Assert.Equal([2L], spy.Seen);
        Assert.Equal([true, false, false, true], bracket.Samples.Select(s => s.IsCertified));
        Assert.Equal([true, false, false, true], bracket.Samples.Select(s => s.MayBeRobust));
        Assert.Equal((new Proportion(2, 4), new Proportion(2, 4)), (bracket.CertifiedAccuracy, bracket.AttackedAccuracy));
        Assert.Equal((new Proportion(2, 4).Wilson95.Low, new Proportion(2, 4).Wilson95.High), bracket.Interval95);
    }

    [Fact]
    public void Where_everything_is_certified_there_is_nothing_to_attack()
    {
        using var network = LinearNetwork(new float[,] { { 0, 0 }, { 1, 1 } }, [0, -1]);
        var spy = new Spy([]);
        var bracket = Bracket.Of<IDifferentiable>(network.AsVictim(), new ExactLinear(network), spy, Rows(new[,] { { 1f, 1f } }, 1), Tenth, cancellation: Cancellation);

        Assert.Empty(spy.Seen);
        Assert.Equal((1.0, 1.0), (bracket.CertifiedAccuracy.Value, bracket.AttackedAccuracy.Value));
    }

    [Fact]
    public void A_certificate_of_another_model_and_a_target_are_refused()
    {
        using var network = LinearNetwork(new float[,] { { 0, 0 }, { 1, 1 } }, [0, -1]);
        using var other = LinearNetwork(new float[,] { { 1, 1 }, { 0, 0 } }, [0, 0]);
        var data = Rows(new[,] { { 1f, 1f } }, 1);

        Assert.Contains("they are of two models", Assert.Throws<ArgumentException>(() =>
            Bracket.Of<IDifferentiable>(other.AsVictim(), new ExactLinear(network), new Pgd(), data, Tenth, cancellation: Cancellation)).Message, StringComparison.Ordinal);
        Assert.Contains("without a target", Assert.Throws<ArgumentException>(() => Bracket.Of<IDifferentiable>(
            network.AsVictim(), new ExactLinear(network), new Pgd(), data, Tenth with { Target = tensor(new[] { 0L }) }, cancellation: Cancellation)).Message, StringComparison.Ordinal);
    }

    /// <summary>The property that certificates exist for, on 1,000 samples and a network that was trained to be proved.</summary>
    [Fact]
    public void No_attack_breaks_a_certified_sample()
    {
        using var generator = new Generator(4, CPU);
        var inputs = rand([1000, 1, 8, 8], generator: generator);
        var labels = inputs.narrow(2, 0, 4).mean([1, 2, 3]).gt(inputs.narrow(2, 4, 4).mean([1, 2, 3])).to_type(ScalarType.Int64);
        var card = new DatasetCard { Name = "halves", Input = InputSpec.Image(1, 8, 8), Rows = 1000, ClassNames = ["lower", "upper"] };
        using var data = new TensorDataset(card, inputs, labels);
        using var network = new StridedCnn(2, 1, 8);
        var threat = new Threat(new Linf(0.02));
        new Trainer(new TrainingOptions { Epochs = 6, BatchSize = 50, Optimizer = new Adam(0.003), Objective = new IbpTraining(threat.Ball) { Ramp = new Ramp(0.1, 0.5) } })
            .Fit(network, data, cancellation: Cancellation);
        var batch = data.Read(arange(1000, ScalarType.Int64));

        var intervals = CertificationResult.Of(new IntervalBounds(network), batch, threat.Ball, cancellation: Cancellation);
        var linear = CertificationResult.Of(new Crown(network) { IntervalsInside = true }, batch, threat.Ball, cancellation: Cancellation);
        using var attacked = new Pgd { Steps = 20 }.Repeat(2).Against(network.AsVictim(), batch, threat, cancellation: Cancellation);

        Assert.InRange(intervals.CertifiedAccuracy.Value, 0.3, 1);
        Assert.InRange(linear.CertifiedAccuracy.Value, intervals.CertifiedAccuracy.Value, 1);
        Assert.InRange(attacked.RobustAccuracy.Value, linear.CertifiedAccuracy.Value, 0.999);
        Assert.All(attacked.Samples.Zip(linear.Samples), pair => Assert.True(pair.First.IsRobust || !pair.Second.Holds(threat.Ball.Radius)));
        Assert.All(linear.Samples.Zip(intervals.Samples), pair => Assert.True(pair.First.Radius >= pair.Second.Radius));
    }

    [Fact]
    public void Shares_and_radii_are_counted()
    {
        var result = new CertificationResult
        {
            Certificate = "by hand",
            Ball = new L2(0.3),
            Samples = [new(0, 0, 0.5), new(1, 1, 0.2), new(1, 0, 0.4), new(2, IClassifier.Rejected, 0)],
            Elapsed = TimeSpan.Zero,
        };

        Assert.Equal((new Proportion(2, 4), new Proportion(1, 4), new Proportion(1, 4)), (result.CleanAccuracy, result.CertifiedAccuracy, result.Abstentions));
        Assert.Equal(0.7 / 4, result.AverageRadius, 1e-12);
        Assert.Equal([2L, 2, 1, 0], new[] { 0, 0.2, 0.21, 0.51 }.Select(r => result.At(r).Successes));
    }
}
