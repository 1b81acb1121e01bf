using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Defenses.Inputs;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class DetectorAwareTests : TensorTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fools_the_model_without_touching_what_the_detector_watches(bool orthogonal)
    {
        // The class hangs on 2 x₀ + x₁; clean samples have x₁ between 0.48 and 0.52, and the detector stops what has not.
        var model = new ModuleVictim(Linear([[2, 1], [0, 0]], [-1.4f, 0]), new InputSpec([2], 0, 1));
        var clean = cat([rand(200, 1), 0.48 + (0.04 * rand(200, 1))], 1);
        using var calibrated = Calibrated.Of(new RangeCheck(), model, new Batch(clean, model.Predict(clean)), 0.02);
        var guarded = model.Detecting(calibrated);
        var data = new Batch(tensor(new[] { 0.55f, 0.5f }).reshape(1, 2), tensor(new[] { 0L }));
        var threat = new Threat(new Linf(0.15));

        using var naive = new Pgd { Steps = 10 }.Against(guarded, data, threat, cancellation: Cancellation);
        using var aware = new DetectorAware { Steps = 30, Orthogonal = orthogonal }.Against(guarded, data, threat, cancellation: Cancellation);

        Assert.Equal(IClassifier.Rejected, naive.Samples.Single().Adversarial);
        Assert.True(naive.Samples.Single().IsRobust);
        Assert.Equal(1, aware.Samples.Single().Adversarial);
    }

    [Fact]
    public void Without_a_detector_it_takes_the_steps_of_pgd()
    {
        IDifferentiable model = new ModuleVictim(nn.Sequential(nn.Linear(5, 8), nn.Tanh(), nn.Linear(8, 3)), new InputSpec([5], 0, 1));
        var (x, y, threat) = (rand(6, 5), zeros(6, ScalarType.Int64), new Threat(new Linf(0.1)));

        var aware = new DetectorAware { Steps = 10, StepSize = 0.025 }.Perturb(model, x, y, threat, new Run(), Cancellation);
        var pgd = new Pgd { Steps = 10, StepSize = 0.025 }.Perturb(model, x, y, threat, new Run(), Cancellation);

        Assert.True(aware.allclose(pgd, 0, 0));
    }
}
