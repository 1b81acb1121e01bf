using Adamant.Explaining;
using Adamant.Models;

namespace Adamant.Tests.Explaining;

public sealed class AttentionMapsTests : TensorTest
{
    [Fact]
    public void Roll_out_over_two_blocks_as_by_hand()
    {
        // One head, two tokens. A₁ = [[1, 0], [1, 0]], A₂ = [[½, ½], [0, 1]].
        // Ā₁ = [[1, 0], [½, ½]], Ā₂ = [[¾, ¼], [0, 1]]; Ā₂ Ā₁ = [[¾ + ⅛, ⅛], [½, ½]].
        var maps = AttentionMaps.From([Block([1, 0, 1, 0]), Block([0.5f, 0.5f, 0, 1])]);

        Assert.Equal([0.875f, 0.125f], maps.Rollout[0]);
        Assert.Equal([0.5f, 0.5f], maps.Rollout[1]);
        Assert.Equal([0.5f, 0.5f], maps.Weights[1][0][0]);
    }

    [Fact]
    public void Roll_out_the_mean_of_the_heads()
    {
        // Heads that look at the first and at the second token: the mean is ½ each, and with the sum past the block ¾ and ¼.
        var maps = AttentionMaps.From([tensor(new float[] { 1, 0, 1, 0, 0, 1, 0, 1 }).reshape(2, 2, 2)]);

        Assert.Equal([0.75f, 0.25f], maps.Rollout[0]);
        Assert.Equal([0.25f, 0.75f], maps.Rollout[1]);
    }

    [Fact]
    public void Have_an_entropy_from_0_for_one_position_to_the_logarithm_of_the_length_for_all()
    {
        var sharp = eye(4).unsqueeze(0);
        var even = full([1, 4, 4], 0.25f);

        var maps = AttentionMaps.From([cat([sharp, even])]);

        Assert.Equal(0, maps.Entropy[0][0], 1e-6);
        Assert.Equal(Math.Log(4), maps.Entropy[0][1], 1e-6);
        Assert.Equal(Math.Log(4), maps.MostEntropy, 1e-9);
    }

    [Fact]
    public void Of_a_network_are_distributions_in_every_row_and_so_is_the_rollout()
    {
        using var network = new TransformerClassifier(20, 12, 16, 4, 2, 32, 3);

        var maps = AttentionMaps.Of(network, randint(1, 20, [1, 7]));

        Assert.Equal((2, 4, 7), (maps.Weights.Count, maps.Weights[0].Count, maps.Weights[0][0].Count));
        Assert.All(maps.Weights.SelectMany(block => block).SelectMany(head => head).Concat(maps.Rollout), row => Assert.Equal(1, row.Sum(), 1e-5));
        Assert.All(maps.Entropy.SelectMany(heads => heads), e => Assert.InRange(e, 0, maps.MostEntropy + 1e-5));
    }

    [Fact]
    public void Refuse_more_than_one_sample()
    {
        using var network = new TransformerClassifier(20, 12, 16, 4, 2, 32, 3);

        Assert.Contains("Expected one sample", Assert.Throws<ArgumentException>(() => AttentionMaps.Of(network, ones(2, 4, ScalarType.Int64))).Message);
    }

    [Fact]
    public void Refuse_to_be_of_no_block() =>
        Assert.Contains("at least one block", Assert.Throws<ArgumentException>(() => AttentionMaps.From([])).Message);

    private static Tensor Block(float[] weights) => tensor(weights).reshape(1, 2, 2);
}
