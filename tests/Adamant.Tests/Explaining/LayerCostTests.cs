using Adamant.Explaining;
using Adamant.Models;

namespace Adamant.Tests.Explaining;

public sealed class LayerCostTests : TensorTest
{
    [Fact]
    public void The_pipeline_of_the_article_costs_what_one_counts_by_hand()
    {
        // conv1: 32 kernels of 3·5·5 weights and a bias; dense: 3·32·32 inputs and a bias for each of 32·28·28 outputs.
        using var network = new PipelineCnn();
        var costs = LayerCost.Of(network);

        Assert.Equal(["conv1", "conv2", "fc"], costs.Select(c => c.Layer));
        Assert.Equal([2432, 51264, 1601000], costs.Select(c => c.Parameters));
        Assert.Equal([77095424, 40147200, 1601000], costs.Select(c => c.DenseParameters));
        Assert.Equal("32 28 28", string.Join(' ', costs[0].Output));
        Assert.Equal(network.ParameterCount, costs.Sum(c => c.Parameters));
    }

    [Fact]
    public void The_dense_twin_is_a_real_linear_layer()
    {
        using var network = new StridedCnn(size: 4);
        var cost = LayerCost.Of(network)[0];
        using var dense = nn.Linear(cost.Input.Aggregate((a, b) => a * b), cost.Output.Aggregate((a, b) => a * b));

        Assert.Equal(dense.parameters().Sum(p => p.numel()), cost.DenseParameters);
    }

    [Fact]
    public void A_network_of_any_length_is_refused()
    {
        using var network = new ElmanRnn(2, 3, 2);
        Assert.Contains("of one size", Assert.Throws<ArgumentException>(() => LayerCost.Of(network)).Message);
    }
}
