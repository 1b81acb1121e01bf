using Adamant.Explaining;
using Adamant.Models;

namespace Adamant.Tests.Explaining;

public sealed class LstmGatesTests : TensorTest
{
    [Fact]
    public void Are_those_of_one_unit_computed_by_hand()
    {
        // Token 1 is embedded as 1, token 2 as 0. Sums: i = 0·x + 0, f = ln 3, c̃ = 2x, o = 0; so i = o = ½, f = ¾.
        // c₁ = ½ tanh 2, c₂ = ¾ c₁ + ½ tanh 0 = ¾ c₁, hₜ = ½ tanh cₜ.
        using var network = new SimpleLstm(3, 1, 1, 2);
        GradientFlowTests.Set(
            network,
            ("embedding.weight", [0, 1, 0]),
            ("lstm.weight_ih_l0", [0, 0, 2, 0]),
            ("lstm.weight_hh_l0", [0, 0, 0, 0]),
            ("lstm.bias_ih_l0", [0, MathF.Log(3), 0, 0]),
            ("lstm.bias_hh_l0", [0, 0, 0, 0]));

        var gates = Assert.Single(LstmGates.Of(network, tensor(new[] { 1L, 2L }).reshape(1, 2)));

        var first = 0.5 * Math.Tanh(2);
        Assert.Equal("l0", gates.Layer);
        Assert.All(gates.Input, row => Assert.Equal(0.5, row[0], 1e-6));
        Assert.All(gates.Forget, row => Assert.Equal(0.75, row[0], 1e-6));
        Assert.All(gates.Output, row => Assert.Equal(0.5, row[0], 1e-6));
        Assert.Equal([Math.Tanh(2), 0], gates.Candidate.Select(row => Math.Round(row[0], 6)), Near);
        Assert.Equal([first, 0.75 * first], gates.Cell.Select(row => (double)row[0]), Near);
        Assert.Equal([0.5 * Math.Tanh(first), 0.5 * Math.Tanh(0.75 * first)], gates.Hidden.Select(row => (double)row[0]), Near);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void Are_those_of_the_fused_module_in_stacks_and_in_both_directions(int layers, bool bidirectional)
    {
        using var network = new SimpleLstm(20, 6, 8, 3, layers, bidirectional);
        network.eval();
        var tokens = randint(1, 20, [1, 9]);
        var fused = network.children().OfType<TorchSharp.Modules.LSTM>().Single();
        var (states, _, cells) = fused.call(network.Embed(tokens), null);

        var gates = LstmGates.Of(network, tokens);

        Assert.Equal(layers * (bidirectional ? 2 : 1), gates.Count);
        Assert.All(gates.Select((g, i) => (g, i)), pair =>
        {
            var last = pair.g.Layer.EndsWith("reverse", StringComparison.Ordinal) ? 0 : ^1;
            Assert.Equal(cells[pair.i, 0].data<float>().ToArray(), pair.g.Cell[last], (a, b) => Math.Abs(a - b) < 1e-5);
        });
        var top = gates.TakeLast(bidirectional ? 2 : 1).ToList();
        for (var t = 0; t < 9; t++)
            Assert.Equal(states[0, t].data<float>().ToArray(), top.SelectMany(g => g.Hidden[t]), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lead_to_the_logits_of_the_network_whatever_it_reads_at_the_end(bool mean)
    {
        using var network = new SimpleLstm(20, 6, 8, 3, layers: 2, bidirectional: true, mean: mean);
        network.eval();
        var tokens = randint(1, 20, [4, 9]);

        var gap = (RecurrentPass.Of(network, network.Embed(tokens)).Logits - network.call(tokens)).abs().max().item<float>();

        Assert.InRange(gap, 0, 1e-5);
    }

    [Fact]
    public void Refuses_a_network_without_gates_and_more_than_one_sequence()
    {
        using var rnn = new ElmanRnn(2, 3, 2);
        using var lstm = new SimpleLstm(20, 6, 8, 3);

        Assert.Contains("Expected a network with gates", Assert.Throws<ArgumentException>(() => LstmGates.Of(rnn, zeros(1, 4, 2))).Message);
        Assert.Contains("Expected one sequence", Assert.Throws<ArgumentException>(() => LstmGates.Of(lstm, ones(2, 4, ScalarType.Int64))).Message);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-5;
}
