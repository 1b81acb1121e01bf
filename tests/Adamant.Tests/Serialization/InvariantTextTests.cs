using System.Globalization;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Defenses.Training;
using Adamant.Tests.Victims;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Serialization;

/// <summary>What is kept or compared says the same on a machine that writes 0,1 for a tenth.</summary>
public sealed class InvariantTextTests : TensorTest
{
    private readonly CultureInfo before = CultureInfo.CurrentCulture;

    public InvariantTextTests()
    {
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        german.NumberFormat.NumberGroupSeparator = ".";
        CultureInfo.CurrentCulture = german;
    }

    [Fact]
    public void Threats_are_written_with_a_point_and_told_apart()
    {
        Assert.Equal("Linf 0.1", new Linf(0.1).ToString());
        Assert.Equal("L2 1E-07", new L2(1e-7).ToString());
        Assert.Equal("Linf 0.031372549", new Linf(8.0 / 255).ToString());
    }

    [Fact]
    public void Results_name_their_attack_with_points()
    {
        using var victim = new FunctionVictim(new InputSpec([1], 0, 1), x => cat([x, 1 - x], 1));
        var data = new Batch(zeros(1, 1), zeros(1, ScalarType.Int64));

        using var pgd = new Pgd { Steps = 1, StepSize = 0.5, Momentum = 0.25 }.Against(victim, data, new Threat(new Linf(0.1)), cancellation: Cancellation);
        using var other = new Scaled(0.5).Against(victim, data, new Threat(new Linf(0.1)), cancellation: Cancellation);

        Assert.Equal("Pgd { Steps = 1, StepSize = 0.5, RandomStart = True, Momentum = 0.25 }", pgd.Attack);
        Assert.Equal("Scaled { Factor = 0.5 }", other.Attack);
    }

    [Fact]
    public void A_training_is_described_alike_everywhere()
    {
        var options = new TrainingOptions
        {
            GradientClip = 0.5,
            Optimizer = new Adam(0.01),
            Schedule = new CosineSchedule(0.1),
            ClassWeights = [0.5f, 1.5f],
            Objective = new FgsmRs(new Linf(0.1)),
            EarlyStopping = new EarlyStopping(MinimumGain: 0.25),
        };
        var here = options.Describe();
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        Assert.Equal(options.Describe(), here);
        Assert.Equal("FgsmRs { Ball = Linf 0.1, RelativeStep = 1.25 }", here["Objective"]);
    }

    public override void Dispose()
    {
        CultureInfo.CurrentCulture = before;
        base.Dispose();
    }

    private sealed record Scaled(double Factor) : IEvasion<IClassifier>
    {
        public Tensor Perturb(IClassifier victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) => inputs * Factor;
    }
}
