using Adamant.Models;

namespace Adamant.Tests.Models;

/// <summary>What the networks of series promise beyond what holds for every network.</summary>
public sealed class SeriesNetworkTests : TensorTest
{
    [Fact]
    public void Places_are_waves_and_the_first_is_sine_0_and_cosine_0()
    {
        // Without the series (projection 0), without blocks' say (all their outputs 0) and with the norm as it starts, the state is the normalized place:
        // (sin t, cos t) minus its mean, divided by its deviation, is (-1, 1) at t = 0 and (1, -1) at t = 2.
        using var network = new SeriesTransformer(1, 2, dModel: 2, heads: 1, layers: 1, feedForward: 2, mean: false);
        using var noGrad = no_grad();
        foreach (var (name, parameter) in network.named_parameters())
            if (!name.Contains("norm", StringComparison.Ordinal)) parameter.zero_();
        network.get_parameter("fc.weight")!.copy_(eye(2));

        Assert.Equal([-1f, 1f], network.call(randn(1, 1, 1)).data<float>().ToArray(), Near);
        Assert.Equal([1f, -1f], network.call(randn(1, 3, 1)).data<float>().ToArray(), Near);
    }

    [Fact]
    public void A_transformer_of_series_minds_the_order_of_steps()
    {
        using var network = new SeriesTransformer(3);
        var x = randn(2, 6, 3);

        Assert.False(network.call(x).allclose(network.call(x.flip(1)), atol: 1e-4));
    }

    [Fact]
    public void In_one_direction_no_step_knows_of_later_ones_and_in_two_every_step_does()
    {
        using var forwards = new SeriesLstm(3, 4, 2, layers: 2);
        using var both = new SeriesLstm(3, 4, 2, layers: 2, bidirectional: true);
        var x = randn(1, 5, 3);
        var later = x.clone();
        later[0, 4] = 1;

        Assert.True(forwards.AllSteps(x).narrow(1, 0, 4).allclose(forwards.AllSteps(later).narrow(1, 0, 4)));
        Assert.True(forwards.AllSteps(x).select(1, -1).allclose(forwards.call(x)));
        Assert.False(both.AllSteps(x).select(1, 0).allclose(both.AllSteps(later).select(1, 0)));
    }

    [Fact]
    public void A_series_without_steps_or_with_other_channels_is_refused_in_one_line()
    {
        foreach (Network network in new Network[] { new SeriesLstm(3), new SeriesTransformer(3), new ElmanRnn(3, 4, 2) })
        {
            using (network)
            {
                Refused("at least one step", () => network.call(zeros(1, 0, 3)));
                Refused("[N, -1, 3]", () => network.call(zeros(1, 5, 4)));
                Refused("Expected numbers, got NaN", () => network.AsVictim().Logits(full([1, 5, 3], double.NaN)));
            }
        }
        Refused("an even dModel, got 3", () => new SeriesTransformer(1, dModel: 3, heads: 1));
    }

    private static void Refused(string expected, Func<object> act)
    {
        var message = Assert.ThrowsAny<ArgumentException>(act).Message;
        Assert.Contains(expected, message);
        Assert.DoesNotContain('\n', message);
    }

    private static bool Near(float a, float b) => Math.Abs(a - b) < 1e-3;
}
