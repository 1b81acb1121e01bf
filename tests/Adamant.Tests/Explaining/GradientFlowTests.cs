using Adamant.Explaining;
using Adamant.Models;

namespace Adamant.Tests.Explaining;

public sealed class GradientFlowTests : TensorTest
{
    [Fact]
    public void Of_a_recurrence_of_one_unit_shrinks_by_its_weight_and_slope_in_each_step()
    {
        // Inputs of 0 keep h at 0, where tanh has slope 1: ∂L/∂hₜ = u^(T−t) · ∂L/∂h_T with u = ½, and ∂L/∂h_T = −½ · 2 at logits (h, −h) for class 0.
        using var network = new ElmanRnn(1, 1, 2);
        Set(network, ("rnn.weight_ih_l0", [1]), ("rnn.weight_hh_l0", [0.5f]), ("rnn.bias_ih_l0", [0]), ("rnn.bias_hh_l0", [0]), ("fc.weight", [1, -1]), ("fc.bias", [0, 0]));

        var flow = GradientFlow.Of(network, zeros(3, 5, 1), zeros(3, ScalarType.Int64));

        Assert.Equal([1d / 16, 1d / 8, 1d / 4, 1d / 2, 1d], flow.Norms.Select(n => Math.Round(n, 6)));
        Assert.Equal(1 / 16d, flow.Arrives, 1e-6);
        Assert.Equal(Math.Log(2), flow.Loss, 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Unrolls_to_what_the_fused_layers_give(int length)
    {
        using var rnn = new ElmanRnn(5, 7, 4);
        using var lstm = new SimpleLstm(20, 6, 8, 3);
        lstm.eval();
        var (series, tokens) = (randn(6, length, 5), randint(0, 20, [6, length]));

        var rnnGap = (RecurrentPass.Of(rnn, series).Logits - rnn.call(series)).abs().max().item<float>();
        var lstmGap = (RecurrentPass.Of(lstm, lstm.Embed(tokens)).Logits - lstm.call(tokens)).abs().max().item<float>();

        Assert.InRange(rnnGap, 0, 1e-5);
        Assert.InRange(lstmGap, 0, 1e-5);
    }

    [Fact]
    public void Of_a_recurrence_is_the_gradient_of_the_fused_layer_where_both_can_be_seen()
    {
        // ∂L/∂x₁ = Wᵀ diag(1 − h₁²) ∂L/∂h₁: with W = 1 and h₁ = tanh(x₁) known, one gives the other.
        using var network = new ElmanRnn(1, 1, 2);
        Set(network, ("rnn.weight_ih_l0", [1]), ("rnn.weight_hh_l0", [0.8f]), ("rnn.bias_ih_l0", [0]), ("rnn.bias_hh_l0", [0]), ("fc.weight", [2, -1]), ("fc.bias", [0, 0]));
        var x = tensor(new[] { 0.3f, -0.2f, 0.9f }).reshape(1, 3, 1).requires_grad_();

        var flow = GradientFlow.Of(network, x.detach(), zeros(1, ScalarType.Int64));
        var fused = autograd.grad([nn.functional.cross_entropy(network.call(x), zeros(1, ScalarType.Int64))], [x])[0].abs().data<float>().ToArray();

        Assert.Equal(fused[0] / (1 - Math.Pow(Math.Tanh(0.3), 2)), flow.Norms[0], 1e-6);
    }

    [Fact]
    public void Of_a_transformer_is_that_of_its_embedded_positions()
    {
        using var network = new TransformerClassifier(20, 12, 16, 4, 2, 32, 3);
        var (tokens, labels) = (randint(1, 20, [4, 6]), randint(0, 3, [4]));
        var embedded = network.Embed(tokens).detach().requires_grad_();
        var loss = nn.functional.cross_entropy(network.FromEmbedding(embedded, tokens), labels, reduction: nn.Reduction.Sum);
        var expected = autograd.grad([loss], [embedded])[0].square().sum(dim: 2).sqrt().mean([0]).data<float>().ToArray();

        var flow = GradientFlow.Of(network, tokens, labels);

        Assert.Equal("TransformerClassifier", flow.Network);
        Assert.All(flow.Norms.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        Assert.All(network.parameters(), p => Assert.Null(p.grad));
        Assert.True(network.training);
    }

    [Fact]
    public void Refuses_a_network_without_steps()
    {
        using var network = new Mlp(3, [4], 2);

        var error = Assert.Throws<ArgumentException>(() => GradientFlow.Of(network, zeros(1, 3), zeros(1, ScalarType.Int64)));

        Assert.Contains("Expected a network of sequences, got Mlp", error.Message);
    }

    internal static void Set(Network network, params (string Name, float[] Values)[] weights)
    {
        using var noGrad = no_grad();
        foreach (var (name, values) in weights)
        {
            var parameter = network.get_parameter(name)!;
            parameter.copy_(tensor(values).reshape(parameter.shape));
        }
    }
}
