using Adamant.Explaining;
using Adamant.Models;

namespace Adamant.Tests.Explaining;

public sealed class MemoryFlowTests : TensorTest
{
    [Fact]
    public void Of_one_unit_is_what_one_computes_by_hand()
    {
        // hₜ = tanh(xₜ + ½ hₜ₋₁), f = (3h, 0): ∂f₀/∂x₂ = 3 (1 − h₂²), ∂f₀/∂x₁ = 3 (1 − h₂²) · ½ · (1 − h₁²). Signs of h: similarity ±1.
        using var network = new ElmanRnn(1, 1, 2);
        GradientFlowTests.Set(network, ("rnn.weight_ih_l0", [1]), ("rnn.weight_hh_l0", [0.5f]), ("rnn.bias_ih_l0", [0]), ("rnn.bias_hh_l0", [0]), ("fc.weight", [3, 0]), ("fc.bias", [0, 0]));
        var first = Math.Tanh(-0.4);
        var second = Math.Tanh(0.9 + (0.5 * first));

        var flow = MemoryFlow.Of(network, tensor(new[] { -0.4f, 0.9f }).reshape(1, 2, 1), output: 0);

        Assert.Equal([first, second], flow.States.Select(row => (double)row[0]), Near);
        Assert.Equal([-1, 1], flow.Similarity, Near);
        Assert.Equal([3 * (1 - (second * second)) * 0.5 * (1 - (first * first)), 3 * (1 - (second * second))], flow.Influence, Near);
    }

    [Fact]
    public void Ends_at_itself()
    {
        using var network = new SimpleLstm(20, 6, 8, 3, layers: 2, bidirectional: true);

        var flow = MemoryFlow.Of(network, randint(1, 20, [1, 5]), output: 2);

        Assert.Equal((5, 8), (flow.States.Count, flow.States[0].Count));
        Assert.Equal(1, flow.Similarity[^1], 1e-6);
        Assert.All(flow.Influence, v => Assert.True(v > 0));
    }

    [Fact]
    public void Refuses_a_transformer()
    {
        using var network = new TransformerClassifier(20, 12, 16, 4, 2, 32, 3);

        Assert.Contains("Expected a recurrent network", Assert.Throws<ArgumentException>(() => MemoryFlow.Of(network, ones(1, 4, ScalarType.Int64), 0)).Message);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-5;
}
