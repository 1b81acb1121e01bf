using Adamant.Models;
using Adamant.Tests.Models;
using Adamant.Texts;

namespace Adamant.Tests.Serialization;

/// <summary>The public stories260K against the continuation that was published with it.</summary>
public sealed class StoriesTests : TensorTest
{
    private static string Expected => File.ReadAllText(Stories.File("expected-greedy.txt"));

    [Theory]
    [InlineData(200, true), InlineData(256, true), InlineData(40, false)]
    public void Writes_the_published_continuation_token_for_token(int tokens, bool cache)
    {
        using var model = Stories.Open();

        var greedy = new Generation { Tokens = tokens, Temperature = 0, Cache = cache };
        var written = greedy.Continue(model.Network, [ScoredTokenizer.Begin], Cancellation).ToList();

        var published = model.Tokenizer.Encode(Expected.TrimEnd()).Skip(1).ToList();
        Assert.Equal(published.Take(tokens), written.Take(published.Count));
        Assert.Equal(tokens, written.Count);
        Assert.StartsWith(string.Concat(model.Tokenizer.Decode(written, ScoredTokenizer.Begin)), Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Goes_on_after_a_prompt()
    {
        using var model = Stories.Open();

        var text = string.Concat(model.Continue("Once upon a time, there was a", new Generation { Tokens = 20, Temperature = 0 }, Cancellation));

        Assert.StartsWith(" little girl named Lily.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_nothing_behind()
    {
        using var model = Stories.Open();
        Write();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Write();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Write() => Assert.Equal(20, new Generation { Tokens = 20 }.Continue(model.Network, [1], Cancellation).Count());
    }
}
