using Adamant.Explaining;

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
    public void Refuse_to_be_of_no_block() =>
        Assert.Contains("at least one block", Assert.Throws<ArgumentException>(() => AttentionMaps.From([])).Message);

    private static Tensor Block(float[] weights) => tensor(weights).reshape(1, 2, 2);
}
