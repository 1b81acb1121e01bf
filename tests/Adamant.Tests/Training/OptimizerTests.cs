using Adamant.Training;
using Parameter = TorchSharp.Modules.Parameter;

namespace Adamant.Tests.Training;

public sealed class OptimizerTests : TensorTest
{
    [Fact]
    public void Sgd_moves_by_its_momentum()
    {
        // w = 1, g = 2, λ = 0.5: v = 2.5, w = 1 − 0.1·2.5 = 0.75; then g + λw = 2.375, v = 0.9·2.5 + 2.375 = 4.625, w = 0.2875.
        Assert.Equal([0.75f, 0.2875f], Steps(new Sgd(0.1, 0.9, 0.5)));
    }

    [Fact]
    public void Adam_moves_by_the_learning_rate_in_the_first_step()
    {
        // A constant gradient of 2: m̂ = 2, v̂ = 4, so every step is η · 2 / (2 + 1e-8).
        Assert.Equal([0.9f, 0.8f], Steps(new Adam(0.1)), Close);
    }

    [Fact]
    public void Adam_takes_the_decay_into_the_gradient_and_AdamW_does_not()
    {
        // Adam: the first step is η whatever the gradient is. AdamW: w·(1 − 0.1·0.5) − 0.1 = 0.85.
        Assert.Equal(0.9f, Steps(new Adam(0.1, WeightDecay: 0.5))[0], 1e-6f);
        Assert.Equal(0.85f, Steps(new AdamW(0.1, WeightDecay: 0.5))[0], 1e-6f);
    }

    [Fact]
    public void Adam_uses_the_betas_of_the_paper()
    {
        // Gradients 2, then 0: m̂ = 0.9·0.2/(1 − 0.81) = 0.947368, v̂ = 0.999·0.004/(1 − 0.998001) = 1.998999; step 0.1·0.947368/1.413859 = 0.067006.
        Assert.Equal(0.832994f, Steps(new Adam(0.1), 2, 0)[1], 1e-5f);
    }

    public static TheoryData<OptimizerOptions, string> Invalid => new()
    {
        { new Sgd(0), "learning rate above 0" },
        { new Sgd(double.NaN), "learning rate above 0" },
        { new Sgd(0.1, Momentum: 1), "Momentum in [0, 1)" },
        { new Sgd(0.1, WeightDecay: -1), "WeightDecay of at least 0" },
        { new Adam(0.1, Beta1: 1.5), "Beta1 in [0, 1)" },
        { new AdamW(0.1, Beta2: -0.1), "Beta2 in [0, 1)" },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Impossible_values_are_refused(OptimizerOptions optimizer, string expected)
    {
        var options = new TrainingOptions { Optimizer = optimizer };
        Assert.Contains(expected, Assert.Throws<ArgumentException>(options.Check).Message);
    }

    private static readonly IEqualityComparer<float> Close = EqualityComparer<float>.Create((a, b) => Math.Abs(a - b) < 1e-6f);

    private static float[] Steps(OptimizerOptions options, float first = 2, float second = 2)
    {
        using var parameter = new Parameter(ones(1));
        using var optimizer = options.Create([parameter]);
        return [Step(first), Step(second)];

        float Step(float gradient)
        {
            optimizer.zero_grad();
            sum(parameter * gradient).backward();
            optimizer.step();
            return parameter.detach().item<float>();
        }
    }
}
