using Adamant.Models;
using FsCheck.Xunit;

namespace Adamant.Tests.Models;

public sealed class GenerationTests : TensorTest
{
    private static readonly float[] Shares = [0.5f, 0.3f, 0.15f, 0.05f];

    [Fact]
    public void Draws_from_the_distribution_that_the_options_leave()
    {
        Same([0.5, 0.3, 0.15, 0.05], new Generation());
        Same([1, 0, 0, 0], new Generation { Temperature = 0 });
        Same([0.625, 0.375, 0, 0], new Generation { TopK = 2 });                            // 0.5 and 0.3 of 0.8
        Same([0.5 / 0.95, 0.3 / 0.95, 0.15 / 0.95, 0], new Generation { TopP = 0.81 });     // 0.8 is not enough yet
        Same([1, 0, 0, 0], new Generation { TopP = 0.5 });
        Same([1, 0, 0, 0], new Generation { TopP = 1e-9 });                                 // one is always left
        Same([0.25 / 0.365, 0.09 / 0.365, 0.0225 / 0.365, 0.0025 / 0.365], new Generation { Temperature = 0.5 });      // squares
        Same([0.625, 0.375, 0, 0], new Generation { TopK = 3, TopP = 0.8 });

        static void Same(double[] expected, Generation generation)
        {
            var actual = generation.Distribution(tensor(Shares).log()).data<float>().ToArray();
            Assert.Equal(expected, actual.Select(p => (double)p), (a, b) => Math.Abs(a - b) < 1e-6);
        }
    }

    [Theory, InlineData("decoder_transformer"), InlineData("lstm_language_model")]
    public void Writes_the_same_with_the_cache_and_without_it(string name)
    {
        using var network = (LanguageNetwork)Family.Of(name).Create();
        var generation = new Generation { Tokens = 30, Seed = 5 };      // longer than the decoder's 12 positions: the window moves

        Assert.Equal(
            (generation with { Cache = false }).Continue(network, [3, 4], Cancellation),
            generation.Continue(network, [3, 4], Cancellation));
    }

    [Property(MaxTest = 20)]
    public void A_text_read_in_parts_has_the_logits_of_the_whole(byte first, byte second, bool recurrent)
    {
        using var scope = NewDisposeScope();
        using var network = (LanguageNetwork)Family.Of(recurrent ? "lstm_language_model" : "decoder_transformer").Create();
        using var memory = new LanguageMemory();
        var (a, b) = (1 + (first % 4), 1 + (second % 4));
        var text = randint(0, 20, [3, a + b + 1]);

        var parts = cat([network.Continue(text.narrow(1, 0, a), memory), network.Continue(text.narrow(1, a, b), memory), network.Continue(text.narrow(1, a + b, 1), memory)], 1);

        Assert.True((parts - network.call(text)).abs().max().item<float>() <= 1e-5f);
        Assert.Equal(a + b + 1, memory.Length);
    }

    [Theory, InlineData("decoder_transformer"), InlineData("lstm_language_model")]
    public void No_position_sees_a_later_token(string name)
    {
        using var network = (LanguageNetwork)Family.Of(name).Create();
        var text = randint(0, 20, [2, 9]);
        var other = text.clone();
        other.narrow(1, 6, 3).fill_(7);

        Assert.True(network.call(text).narrow(1, 0, 6).allclose(network.call(other).narrow(1, 0, 6), atol: 1e-6));
        Assert.False(network.call(text).narrow(1, 6, 3).allclose(network.call(other).narrow(1, 6, 3), atol: 1e-4));
    }

    [Fact]
    public void The_same_seed_gives_the_same_tokens_and_another_seed_others()
    {
        using var network = new LstmLanguageModel(20, 6, 8);
        var generation = new Generation { Tokens = 20, Seed = 1 };

        Assert.Equal(generation.Continue(network, [1], Cancellation), generation.Continue(network, [1], Cancellation));
        Assert.NotEqual((generation with { Seed = 2 }).Continue(network, [1], Cancellation), generation.Continue(network, [1], Cancellation));
    }

    [Fact]
    public void Ends_at_the_stop_token_and_does_not_return_it()
    {
        using var network = new LstmLanguageModel(20, 6, 8);
        var all = new Generation { Tokens = 30 }.Continue(network, [1], Cancellation).ToList();

        var stopped = new Generation { Tokens = 30, Stop = all[7] }.Continue(network, [1], Cancellation);

        Assert.Equal(all.TakeWhile(t => t != all[7]), stopped);
    }

    [Fact]
    public void Computes_a_token_when_it_is_asked_for_and_stops_when_canceled()
    {
        using var network = new DecoderTransformer(20, 12, 16, 4, 2, 1, 24);
        network.train();
        using var source = new CancellationTokenSource();
        using var tokens = new Generation().Continue(network, [1], source.Token).GetEnumerator();

        Assert.True(network.training);                              // nothing was done yet
        Assert.True(tokens.MoveNext());
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => tokens.MoveNext());
        Assert.True(network.training);
    }

    [Fact]
    public void Refuses_what_it_cannot_do_before_the_first_token()
    {
        using var network = new LstmLanguageModel(20, 6, 8);

        Refused("Tokens at least 1", new Generation { Tokens = 0 }, [1]);
        Refused("Temperature at least 0", new Generation { Temperature = double.NaN }, [1]);
        Refused("TopK at least 1", new Generation { TopK = 0 }, [1]);
        Refused("TopP above 0", new Generation { TopP = 0 }, [1]);
        Refused("prompt of at least one token", new Generation(), []);
        Refused("tokens in 0..19", new Generation(), [1, 20]);

        void Refused(string expected, Generation generation, int[] prompt) =>
            Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(() => generation.Continue(network, prompt, Cancellation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Heads_and_shares_must_fit()
    {
        Refused("even width", () => new DecoderTransformer(20, 12, 12, 4));
        Refused("divides heads = 4, got 3", () => new DecoderTransformer(20, 12, 16, 4, 3));
        Refused("dropout in [0, 1)", () => new DecoderTransformer(20, 12, 16, 4, 2, 1, 24, dropout: 1));
        Refused("at most 12 tokens, got 13", () => new DecoderTransformer(20, 12, 16, 4, 2, 1, 24).call(ones([1, 13], ScalarType.Int64)));
        Refused("even dModel", () => new Seq2SeqTransformer(20, 7, 6, 15, 3));
        Refused("a source of 7 tokens and at least one", () => new Seq2SeqTransformer(20, 7, 6).call(ones([1, 7], ScalarType.Int64)));

        static void Refused(string expected, Func<object> act) => Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);
    }
}
