using Adamant.Models;

namespace Adamant.Tests.Models;

public sealed class BeamSearchTests : TensorTest
{
    private const int Begin = 0, End = 1, A = 2, B = 3;

    [Fact]
    public void A_beam_of_two_finds_the_likelier_text_that_greed_misses()
    {
        // A is the likelier beginning, but what follows it is uncertain: p(A end) = 0.6 · 0.5 = 0.30, p(B end) = 0.4 · 0.9 = 0.36.
        var greedy = Search(1, 0).Run(Toy, Begin, End, 5, Cancellation);
        var beam = Search(2, 0).Run(Toy, Begin, End, 5, Cancellation);

        Assert.Equal([A], Assert.Single(greedy).Tokens);
        Assert.Equal(Math.Log(0.30), greedy[0].LogProbability, 1e-6);
        Assert.Equal([B], beam[0].Tokens);
        Assert.Equal(Math.Log(0.36), beam[0].LogProbability, 1e-6);
        Assert.Equal([A], beam[1].Tokens);
        Assert.All(beam, h => Assert.True(h.IsFinished));
    }

    [Fact]
    public void The_penalty_divides_by_the_length_and_prefers_longer_texts()
    {
        // log 0.36 over ((5 + 2) / 6)^α.
        var plain = Search(2, 0).Run(Toy, Begin, End, 5, Cancellation);
        var penalized = Search(2, 1).Run(Toy, Begin, End, 5, Cancellation);

        Assert.Equal(plain[0].LogProbability, plain[0].Score, 1e-12);
        Assert.Equal(Math.Log(0.36) / (7.0 / 6), penalized[0].Score, 1e-6);
    }

    [Fact]
    public void Width_one_is_greedy()
    {
        using var network = new Seq2SeqTransformer(12, 4, 8, 8, 2, 1, 16);
        network.eval();
        var source = tensor(new long[] { 5, 6, 7, 0 });

        var found = Assert.Single(network.Translate(source, Search(1, 0.6), Cancellation)).Tokens;

        var written = new List<long> { Seq2SeqTransformer.Begin };
        while (written.Count <= 8)
        {
            var next = network.call(cat([source, tensor(written.ToArray())]).unsqueeze(0))[0, -1].argmax(0).item<long>();
            if (next == Seq2SeqTransformer.End) break;
            written.Add(next);
        }
        Assert.Equal(written.Skip(1), found.Select(t => (long)t));
    }

    [Fact]
    public void Cuts_what_does_not_end_and_says_so()
    {
        var cut = Search(2, 0).Run(written => Rows(written, _ => [0, 0.1f, 0.9f, 0]), Begin, End, 1, Cancellation);

        Assert.Equal([A], cut.Single(h => !h.IsFinished).Tokens);
        Assert.Equal([], cut.Single(h => h.IsFinished).Tokens);
        Assert.True(cut[0].IsFinished);
    }

    [Fact]
    public void Refuses_values_outside_their_ranges()
    {
        Assert.Contains("Width from 1", Assert.ThrowsAny<ArgumentException>(() => Search(0, 0).Run(Toy, Begin, End, 5, Cancellation)).Message, StringComparison.Ordinal);
        Assert.Contains("LengthPenalty", Assert.ThrowsAny<ArgumentException>(() => Search(1, -1).Run(Toy, Begin, End, 5, Cancellation)).Message, StringComparison.Ordinal);
    }

    private static BeamSearch Search(int width, double penalty) => new() { Width = width, LengthPenalty = penalty };

    private static Tensor Toy(Tensor written) => Rows(written, last => last switch
    {
        Begin => [0, 0, 0.6f, 0.4f],
        A => [0, 0.5f, 0.3f, 0.2f],
        _ => [0, 0.9f, 0.05f, 0.05f],
    });

    private static Tensor Rows(Tensor written, Func<long, float[]> shares) =>
        stack([.. written.select(1, -1).data<long>().ToArray().Select(last => tensor(shares(last)).log())]);
}
