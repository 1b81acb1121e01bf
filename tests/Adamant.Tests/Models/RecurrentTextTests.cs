using Adamant.Models;
using FsCheck.Xunit;

namespace Adamant.Tests.Models;

/// <summary>What every recurrent classifier of texts promises: each text is read from its first to its last word, and nothing else matters.</summary>
public sealed class RecurrentTextTests : TensorTest
{
    public static TheoryData<bool, bool, bool> Variants =>
        [.. from elman in Both from bidirectional in Both from mean in Both select (elman, bidirectional, mean)];

    private static readonly bool[] Both = [false, true];

    [Fact]
    public void Steps_by_the_formula_up_to_the_last_word()
    {
        // Embeddings 0, 0.3 and -0.2; h = tanh(x + h / 2) in the first layer, the same again in the second; f = 2h.
        using var network = new ElmanText(3, 1, 1, 1, layers: 2, dropout: 0);
        using var noGrad = no_grad();
        foreach (var (name, parameter) in network.named_parameters())
            parameter.fill_(name switch { "classifier.weight" => 2, var n when n.Contains("weight_ih") => 1, var n when n.Contains("weight_hh") => 0.5, _ => 0 });
        network.Table.copy_(tensor(new[] { 0, 0.3f, -0.2f }).reshape(3, 1));

        var logit = network.call(Tokens([1, 2, 0, 0])).item<float>();

        var (a1, b1) = (Math.Tanh(0.3), Math.Tanh(Math.Tanh(0.3)));
        var a2 = Math.Tanh(-0.2 + (a1 / 2));
        Assert.Equal(2 * Math.Tanh(a2 + (b1 / 2)), logit, 1e-6);
    }

    [Property(MaxTest = 30)]
    public void Padding_and_neighbors_change_no_logit(byte length, byte padding, bool elman, bool bidirectional, bool mean)
    {
        using var scope = NewDisposeScope();
        using var network = Create(elman, bidirectional, mean);
        var text = randint(1, 20, [1, 1 + (length % 16)]);
        var padded = cat([text, zeros([1, padding % 16], ScalarType.Int64)], 1);
        var batch = cat([randint(1, 20, padded.shape), padded, randint(1, 20, padded.shape)]);

        var alone = network.call(text);

        Assert.True(network.call(padded).allclose(alone, atol: 1e-6));
        Assert.True(network.call(batch)[1].allclose(alone[0], atol: 1e-6));
    }

    [Theory, MemberData(nameof(Variants))]
    public void The_order_of_a_batch_is_the_order_of_its_logits(bool elman, bool bidirectional, bool mean)
    {
        using var network = Create(elman, bidirectional, mean);
        var batch = stack(new[] { 3L, 9, 1, 6 }.Select(length => randint(1, 20, [9]) * (arange(9) < length)));
        var order = tensor(new[] { 2L, 0, 3, 1 });

        Assert.True(network.call(batch[order]).allclose(network.call(batch)[order], atol: 1e-6));
    }

    [Theory, MemberData(nameof(Variants))]
    public void Both_ends_of_a_text_matter_and_its_padding_has_no_gradient(bool elman, bool bidirectional, bool mean)
    {
        using var network = Create(elman, bidirectional, mean);
        var tokens = Tokens([3, 4, 5, 6, 0, 0], [7, 8, 9, 10, 11, 12]);
        var embedded = network.Embed(tokens).detach().requires_grad_();

        var gradient = autograd.grad([sum(network.FromEmbedding(embedded, tokens)[0])], [embedded])[0].abs().sum(dim: 2);

        Assert.Equal([true, true, true, true, false, false], gradient[0].gt(0).data<bool>().ToArray());
        Assert.Equal(0, sum(gradient[1]).item<float>());
    }

    [Fact]
    public void Backwards_the_first_word_is_read_last()
    {
        using var network = Create(elman: true, bidirectional: true, mean: false);
        using (no_grad())
        {
            // The classifier reads the backward state alone; without memory, that state is what the first word makes of it.
            network.get_parameter("classifier.weight")!.narrow(1, 0, 8).zero_();
            foreach (var name in new[] { "rnn.weight_hh_l0_reverse", "rnn.weight_hh_l1_reverse", "rnn.weight_hh_l0" }) network.get_parameter(name)!.zero_();
        }

        Assert.True(network.call(Tokens([5, 2, 3])).allclose(network.call(Tokens([5, 9, 0])), atol: 1e-6));
        Assert.False(network.call(Tokens([5, 2, 3])).allclose(network.call(Tokens([6, 2, 3])), atol: 1e-4));
    }

    [Fact]
    public void A_zero_between_words_is_a_word_and_a_text_of_padding_is_one_token()
    {
        using var network = Create(elman: false, bidirectional: true, mean: true);

        Assert.False(network.call(Tokens([5, 0, 6])).allclose(network.call(Tokens([5, 6, 0])), atol: 1e-5));
        Assert.True(network.call(Tokens([0, 0, 0])).allclose(network.call(Tokens([0])), atol: 1e-6));
    }

    [Fact]
    public void Embeddings_start_with_the_deviation_asked_for()
    {
        using var usual = new SimpleLstm(500, 20, 4);
        using var small = new SimpleLstm(500, 20, 4, embeddingScale: 0.1);

        Assert.Equal(1, usual.Table.std().item<float>(), 0.05);
        Assert.Equal(0.1, small.Table.std().item<float>(), 0.005);
    }

    private static RecurrentText Create(bool elman, bool bidirectional, bool mean)
    {
        RecurrentText network = elman
            ? new ElmanText(20, 6, 8, 3, layers: 2, bidirectional, mean: mean)
            : new SimpleLstm(20, 6, 8, 3, layers: 2, bidirectional, mean: mean);
        network.eval();
        return network;
    }

    private static Tensor Tokens(params long[][] rows) => stack(rows.Select(row => tensor(row)));
}
