using Adamant.Models;
using FsCheck.Xunit;

namespace Adamant.Tests.Models;

/// <summary>What each architecture promises on its own: sizes, counts, refusals.</summary>
public sealed class ArchitectureTests : TensorTest
{
    [Fact]
    public void An_mlp_computes_its_formula()
    {
        // h = max(0, (x, -x)), f = h₁ + h₂ = |x|.
        using var mlp = new Mlp(1, [2], 1);
        using (no_grad())
        {
            mlp.get_parameter("layers.0.weight")!.copy_(tensor(new[] { 1f, -1f }).reshape(2, 1));
            mlp.get_parameter("layers.1.weight")!.fill_(1);
            mlp.get_parameter("layers.0.bias")!.zero_();
            mlp.get_parameter("layers.1.bias")!.zero_();
        }

        Assert.Equal([3f, 0f, 2f], mlp.call(tensor(new[] { -3f, 0f, 2f }).reshape(3, 1)).data<float>().ToArray());
    }

    [Fact]
    public void An_mlp_solves_xor()
    {
        using var mlp = new Mlp(2, [8], 2);
        using var optimizer = optim.Adam(mlp.parameters(), 0.05);
        var x = tensor(new[] { 0f, 0, 0, 1, 1, 0, 1, 1 }).reshape(4, 2);
        var y = tensor(new[] { 0L, 1, 1, 0 });

        for (var step = 0; step < 200; step++)
        {
            optimizer.zero_grad();
            nn.functional.cross_entropy(mlp.call(x), y).backward();
            optimizer.step();
        }

        Assert.Equal([0L, 1, 1, 0], mlp.call(x).argmax(1).data<long>().ToArray());
    }

    [Fact]
    public void An_mlp_without_hidden_layers_is_linear() => Assert.Equal(12 * 3 + 3, Counted(new Mlp(12, [], 3)));

    [Fact]
    public void An_mlp_keeps_its_widths_to_itself()
    {
        int[] hidden = [4];
        using var mlp = new Mlp(2, hidden, 1);
        hidden[0] = 9;
        mlp.Hidden[0] = 9;

        Assert.Equal([4], mlp.Hidden);
    }

    [Fact]
    public void The_parameter_counts_are_the_published_ones()
    {
        Assert.Equal(2_156_490, Counted(new SimpleCnn()));              // 2,432 + 51,264 + 2,097,664 + 5,130
        Assert.Equal(1_654_696, Counted(new PipelineCnn()));            // 2,432 + 51,264 + 1,601,000
        Assert.Equal(166_406, Counted(new StridedCnn()));               // 272 + 8,224 + 156,900 + 1,010
        Assert.Equal(1_118_018, Counted(new SimpleLstm()));             // 1,000,000 + 4 · 128 · (100 + 128 + 2) + 258
        Assert.Equal(4 * ((512 * 512) + 512), Counted(new MultiHeadSelfAttention()));
    }

    [Fact]
    public void The_examples_of_the_article_run()
    {
        using var noGrad = no_grad();
        using var cnn = new SimpleCnn(classes: 10);
        using var lstm = new SimpleLstm(vocabulary: 10000, embedding: 100, hidden: 128, classes: 2);
        using var attention = new MultiHeadSelfAttention(dModel: 512, heads: 8);

        Assert.Equal([1, 10], cnn.call(randn(1, 3, 32, 32)).shape);
        Assert.Equal([32, 2], lstm.call(randint(0, 10000, [32, 50])).shape);
        Assert.Equal([32, 100, 512], attention.call(randn(32, 100, 512)).shape);
    }

    [Theory]
    [InlineData(16), InlineData(17), InlineData(21), InlineData(28), InlineData(32)]
    public void The_unpadded_pipeline_takes_any_size_from_16_on(int size)
    {
        using var cnn = new PipelineCnn(7, 1, size);

        Assert.Equal([2, 7], cnn.call(rand(2, 1, size, size)).shape);
    }

    [Theory]
    [InlineData(4), InlineData(5), InlineData(7), InlineData(28), InlineData(30)]
    public void The_strided_network_takes_any_size_from_4_on(int size)
    {
        using var cnn = new StridedCnn(7, 2, size);

        Assert.Equal([2, 7], cnn.call(rand(2, 2, size, size)).shape);
    }

    [Fact]
    public void Elmans_network_steps_by_its_formula()
    {
        using var rnn = new ElmanRnn(1, 1, 1);
        using var noGrad = no_grad();
        foreach (var (name, parameter) in rnn.named_parameters())
            parameter.fill_(name switch { "rnn.weight_ih_l0" => 1, "rnn.weight_hh_l0" => 0.5, "fc.weight" => 2, _ => 0 });

        var all = rnn.AllSteps(tensor(new[] { 0.3f, -0.2f }).reshape(1, 2, 1)).data<float>().ToArray();

        var h1 = Math.Tanh(0.3);
        Assert.Equal([2 * h1, 2 * Math.Tanh(-0.2 + 0.5 * h1)], all.Select(y => (double)y), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Property(MaxTest = 20)]
    public void Elmans_last_step_is_the_last_of_all_steps(byte length)
    {
        using var scope = NewDisposeScope();
        using var rnn = new ElmanRnn(3, 4, 2);
        var x = randn(2, 1 + (length % 16), 3);

        Assert.True(rnn.call(x).allclose(rnn.AllSteps(x).select(1, -1)));
    }

    [Fact]
    public void Attention_weights_sum_to_one_and_leave_padding_out()
    {
        using var attention = new MultiHeadSelfAttention(8, 2);
        var padding = tensor(new[] { false, false, true, false, true, true }).reshape(2, 3);

        var (outputs, weights) = attention.Attend(randn(2, 3, 8), padding);

        Assert.Equal([2, 3, 8], outputs.shape);
        Assert.Equal([2, 2, 3, 3], weights.shape);
        Assert.True(weights.sum(dim: -1).allclose(ones(2, 2, 3)));
        Assert.Equal(0, sum(weights.masked_select(padding.reshape(2, 1, 1, 3))).item<float>());
    }

    [Fact]
    public void Attention_forgets_the_order_of_the_positions()
    {
        using var attention = new MultiHeadSelfAttention(8, 2);
        var x = randn(1, 5, 8);

        Assert.True(attention.call(x.flip(1)).allclose(attention.call(x).flip(1), atol: 1e-6));
    }

    [Property(MaxTest = 20)]
    public void Padding_changes_no_logit_of_a_transformer(byte length, byte padding)
    {
        using var scope = NewDisposeScope();
        using var transformer = new TransformerClassifier(20, 32, 16, 4, 2, 32, 3);
        var text = randint(1, 20, [2, 1 + (length % 16)]);
        var padded = cat([text, zeros([2, padding % 16], ScalarType.Int64)], 1);

        Assert.True(transformer.call(padded).allclose(transformer.call(text), atol: 1e-5));
    }

    [Fact]
    public void A_transformer_gives_a_text_of_padding_its_bias_and_keeps_its_neighbor_finite()
    {
        using var transformer = new TransformerClassifier(20, 8, 16, 4, 2, 32, 3);
        var tokens = tensor(new[] { 0L, 0, 5, 6 }).reshape(2, 2);

        var logits = transformer.call(tokens);
        logits.square().mean().backward();

        Assert.True(logits[0].allclose(transformer.get_parameter("classifier.bias")!));
        Assert.True(logits[1].allclose(transformer.call(tokens[1].unsqueeze(0))[0], atol: 1e-5));
        Assert.All(transformer.parameters(), p => Assert.True(p.grad!.isfinite().all().item<bool>()));
    }

    [Fact]
    public void A_transformer_minds_the_order_of_words()
    {
        using var transformer = new TransformerClassifier(20, 8, 16, 4, 1, 32, 3);
        var tokens = tensor(new[] { 1L, 2, 3, 4 }).reshape(1, 4);

        Assert.False(transformer.call(tokens).allclose(transformer.call(tokens.flip(1)), atol: 1e-4));
    }

    [Fact]
    public void Wrong_sizes_are_refused_with_what_was_expected()
    {
        Refused("divisible by 4", () => new SimpleCnn(size: 30));
        Refused("from 16 to 1024, got 12", () => new PipelineCnn(size: 12));
        Refused("from 4 to 1024, got 3", () => new StridedCnn(size: 3));
        Refused("classes from 1 to", () => new SimpleCnn(classes: 0));
        Refused("each hidden width from 1 to", () => new Mlp(2, [3, 0], 1));
        Refused("inputs from 1 to 1048576, got 2097152", () => new Mlp(1 << 21, [], 1));
        Refused("hidden from 1 to", () => new ElmanRnn(3, -1, 2));
        Refused("vocabulary from 2 to", () => new SimpleLstm(vocabulary: 1));
        Refused("dropout in [0, 1), got 1", () => new SimpleLstm(dropout: 1));
        Refused("layers from 1 to", () => new ElmanText(layers: 0));
        Refused("embeddingScale in (0, 1], got 0", () => new ElmanText(embeddingScale: 0));
        Refused("divides dModel = 10, got 3", () => new MultiHeadSelfAttention(10, 3));
        Refused("divides dModel = 10, got 3", () => new TransformerClassifier(20, 8, 10, 3, 1, 16, 2));
        Refused("layers from 1 to", () => new TransformerClassifier(20, 8, 16, 4, 0, 16, 2));
        Refused("divides the size 32, got 5", () => new VisionTransformer(32, 5, 3, 16, 4, 1, 32, 10));
    }

    [Fact]
    public void Wrong_sequences_are_refused_with_what_to_do()
    {
        using var transformer = new TransformerClassifier(20, 8, 16, 4, 1, 16, 2);
        using var lstm = new SimpleLstm(20, 6, 8, 2);

        Refused("at most 8 tokens, got 9. Truncate", () => transformer.call(ones([1, 9], ScalarType.Int64)));
        Refused("at least one step", () => transformer.call(ones([1, 0], ScalarType.Int64)));
        Refused("[N, -1, 6]", () => lstm.FromEmbedding(randn(2, 3, 7), ones(2, 3, ScalarType.Int64)));
        Refused("[N, 3]", () => lstm.FromEmbedding(randn(2, 3, 6), ones(2, 4, ScalarType.Int64)));
        Refused("[N, 3]", () => new MultiHeadSelfAttention(8, 2).forward(randn(2, 3, 8), zeros([2, 4], ScalarType.Bool)));
    }

    private static void Refused(string expected, Func<object> act) => Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(act).Message);

    private static long Counted(nn.Module network)
    {
        using (network) return network.parameters().Sum(p => p.numel());
    }
}
