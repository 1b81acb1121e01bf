using Adamant.Models;

namespace Adamant.Tests.Models;

/// <summary>What every network that shows its attention promises.</summary>
public sealed class AttentionTests : TensorTest
{
    public static TheoryData<string> Names => ["transformer_classifier", "vision_transformer", "series_transformer"];

    [Theory, MemberData(nameof(Names))]
    public void Looks_of_every_block_sum_to_one_and_lead_to_the_same_logits(string name)
    {
        using var network = Family.Of(name).Create();
        var inputs = Family.Of(name).Inputs();

        var (logits, weights) = ((IAttention)network).Attend(inputs);

        Assert.True(logits.allclose(network.call(inputs), atol: 1e-5));
        Assert.Equal(2, weights.Count);
        Assert.All(weights, w => Assert.True(w.sum(dim: -1).allclose(ones(w.shape[..3]))));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_logit_has_a_gradient_at_every_block(string name)
    {
        using var network = Family.Of(name).Create();

        var (logits, weights) = ((IAttention)network).Attend(Family.Of(name).Inputs());
        var gradients = autograd.grad([sum(logits.select(1, 0))], [.. weights]);

        Assert.All(gradients, g => Assert.True(g.abs().max().item<float>() > 0));
    }

    [Theory, MemberData(nameof(Names))]
    public void Asking_leaves_no_tensor_behind(string name)
    {
        using var network = Family.Of(name).Create();
        var inputs = Family.Of(name).Inputs();
        Ask();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 5; i++) Ask();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Ask()
        {
            using var scope = NewDisposeScope();
            ((IAttention)network).Attend(inputs);
        }
    }
}
