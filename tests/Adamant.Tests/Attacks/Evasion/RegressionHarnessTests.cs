using Adamant.Attacks;
using Adamant.Attacks.Constraints;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class RegressionHarnessTests : TensorTest
{
    // f(x) = 2 x₀ − x₁.
    private readonly ModuleVictim victim = new(Linear([[2, -1]]), new InputSpec([2], 0, 1));

    private readonly Batch data = new(tensor(new[] { 0.5f, 0.5f, 0.5f, 0.5f }).reshape(2, 2), tensor(new[] { 0f, 1f }));

    [Fact]
    public void Moves_the_forecast_away_from_the_truth_by_epsilon_times_the_sum_of_the_weights()
    {
        // The forecast of both is 0.5: above 0, so it rises by 0.1 · 3; below 1, so it falls by as much.
        using var result = new Fgsm().AgainstForecasts(victim, data, new Threat(new Linf(0.1)), cancellation: Cancellation);

        Assert.Equal([0.6f, 0.4f, 0.4f, 0.6f], result.Adversarials.data<float>().ToArray().Select(v => MathF.Round(v, 6)));
        Assert.Equal((0.5, 0.5, 0.8, 0.8), (Round(result.CleanRmse), Round(result.CleanMae), Round(result.AdversarialRmse), Round(result.AdversarialMae)));
        Assert.Equal((0.3, 0.3, 0.1), (Round(result.WorstIncrease), Round(result.WorstShift), Round(result.MaxPerturbation)));
        Assert.Equal((2, 0), (result.Beyond(0.7).Successes, result.Beyond(0.9).Successes));
        Assert.Equal((2L, 2L), (result.Forwards, result.Gradients));
    }

    [Fact]
    public void A_target_draws_the_forecast_towards_it()
    {
        using var result = new Pgd { Steps = 10, RandomStart = false }.AgainstForecasts(
            victim, data, new Threat(new Linf(0.1)) { Target = tensor(new[] { -5f, 5f }) }, cancellation: Cancellation);

        Assert.Equal([0.2, 0.8], result.Samples.Select(s => Round(s.Adversarial)));
    }

    [Fact]
    public void Pgd_obeys_constraints_in_regression_too()
    {
        var rules = new FeatureConstraints([FeatureRule.Immutable, new() { Direction = MoveDirection.Down }]);

        using var result = new Pgd { Steps = 10 }.AgainstForecasts(victim, data, new Threat(new Linf(0.1)) { Constraints = rules }, cancellation: Cancellation);

        Assert.Equal([0.6, 0.5], result.Samples.Select(s => Round(s.Adversarial)));          // x₁ can only fall: the second cannot be made worse
        Assert.Equal(0, result.Samples[1].Perturbation);
    }

    [Fact]
    public void Of_several_attacks_the_worst_forecast_counts()
    {
        var worst = new WorstOf<IDifferentiable>(new Fgsm(), new Pgd { Steps = 1, StepSize = 1e-4, RandomStart = false });

        using var result = worst.AgainstForecasts(victim, data, new Threat(new Linf(0.1)), cancellation: Cancellation);

        Assert.Equal(0.8, Round(result.AdversarialMae));
    }

    [Fact]
    public void The_error_never_falls()
    {
        using var result = new Pgd { Steps = 1, StepSize = 1e-4 }.AgainstForecasts(victim, data, new Threat(new Linf(0.3)), cancellation: Cancellation);

        Assert.All(result.Samples, s => Assert.True(s.AdversarialError >= s.CleanError));
    }

    [Fact]
    public void Classes_and_classifiers_are_refused()
    {
        using var classifier = new ModuleVictim(Linear([[2, -1], [0, 1]]), new InputSpec([2], 0, 1));
        using var classes = new Batch(data.Inputs, tensor(new[] { 0L, 1L }));

        Assert.Contains("Float32 [2]", Assert.Throws<ArgumentException>(() => new Fgsm().AgainstForecasts(victim, classes, new Threat(new Linf(0.1)), cancellation: Cancellation)).Message, StringComparison.Ordinal);
        Assert.Contains("it is a classifier", Assert.Throws<ArgumentException>(() => new Fgsm().AgainstForecasts(classifier, data, new Threat(new Linf(0.1)), cancellation: Cancellation)).Message, StringComparison.Ordinal);
    }

    private static double Round(double value) => Math.Round(value, 5);
}
