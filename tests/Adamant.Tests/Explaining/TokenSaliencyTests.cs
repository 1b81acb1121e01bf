using Adamant.Explaining;
using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Tests.Explaining;

public sealed class TokenSaliencyTests : TensorTest
{
    [Fact]
    public void Of_a_sum_of_embeddings_is_each_tokens_own_part()
    {
        // Logit 0 is the sum of all numbers: token 1 is (1, 2), token 2 is (−5, 1), padding (½, 0).
        var network = new SumOfEmbeddings();
        var tokens = tensor(new[] { 1L, 2L }).reshape(1, 2);

        var zero = TokenSaliency.Of(network, tokens, output: 0, cancellation: Cancellation);
        var padding = TokenSaliency.Of(network, tokens, output: 0, TokenBaseline.Padding, cancellation: Cancellation);

        Assert.Equal([3, -4], zero.IntegratedGradients, Near);
        Assert.Equal([3, -4], zero.GradientTimesInput, Near);
        Assert.Equal((-1, 0), (zero.Score, zero.BaselineScore));
        Assert.Equal([2.5, -4.5], padding.IntegratedGradients, Near);
        Assert.Equal(1, padding.BaselineScore);
        Assert.True(padding.IsComplete);
    }

    [Theory]
    [InlineData(TokenBaseline.Zero)]
    [InlineData(TokenBaseline.Padding)]
    public void Adds_up_for_an_lstm_and_a_transformer(TokenBaseline baseline)
    {
        using var lstm = new SimpleLstm(20, 6, 8, 3);
        using var transformer = new TransformerClassifier(20, 12, 16, 4, 2, 32, 3);
        foreach (var network in new TextNetwork[] { lstm, transformer })
        {
            network.eval();
            var tokens = randint(1, 20, [1, 7]);

            var found = TokenSaliency.Of(network, tokens, output: 1, baseline, cancellation: Cancellation);

            Assert.True(found.IsComplete, $"{network}: gap {found.Gap}");
            Assert.Equal(7, found.IntegratedGradients.Count);
            Assert.Equal(network.call(tokens)[0, 1].item<float>(), found.Score, 1e-5);
            Assert.Equal(found.Score - found.BaselineScore, found.IntegratedGradients.Sum(), found.Gap + 1e-4);
            Assert.All(network.parameters(), p => Assert.Null(p.grad));
        }
    }

    [Fact]
    public void Refuses_more_than_one_text() => Assert.Contains(
        "Expected one text", Assert.Throws<ArgumentException>(() => TokenSaliency.Of(new SumOfEmbeddings(), ones(2, 3, ScalarType.Int64), 0, cancellation: Cancellation)).Message);

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-5;

    private sealed class SumOfEmbeddings : IEmbedding
    {
        public Tensor Table { get; } = tensor(new float[] { 0.5f, 0, 1, 2, -5, 1 }).reshape(3, 2);

        public Tensor Embed(Tensor tokens) => Table.index_select(0, tokens.flatten()).reshape(tokens.shape[0], -1, 2);

        public Tensor FromEmbedding(Tensor embedded, Tensor tokens) => embedded.flatten(1).sum(dim: 1, keepdim: true);
    }
}
