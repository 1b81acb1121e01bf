using Adamant.Data;

namespace Adamant.Tests.Data;

public sealed class SplitMixTests
{
    [Fact]
    public void Draws_the_published_numbers()
    {
        // The first outputs of SplitMix64 from seed 1234567, as listed by the reference implementation of Vigna.
        var random = new SplitMix(1234567);

        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423], new[] { random.Bits(), random.Bits(), random.Bits() });
    }

    [Fact]
    public void Numbers_have_the_moments_that_their_names_say()
    {
        var random = new SplitMix(1);
        var normal = Enumerable.Range(0, 20_000).Select(_ => random.Normal()).ToArray();

        Assert.InRange(normal.Average(), -0.03, 0.03);
        Assert.InRange(normal.Average(x => x * x), 0.96, 1.04);
        Assert.InRange(Enumerable.Range(0, 20_000).Average(_ => random.Exponential(3)), 2.9, 3.1);
        Assert.InRange(Enumerable.Range(0, 20_000).Average(_ => random.Uniform(2, 4)), 2.98, 3.02);
        Assert.InRange(Enumerable.Range(0, 20_000).Count(_ => random.Chance(0.25)), 4700, 5300);
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 100).Select(_ => random.Below(3)).Distinct().Order());
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Below(0));
    }

    [Fact]
    public void Items_have_streams_of_their_own() =>
        Assert.Equal(1000, Enumerable.Range(0, 100).SelectMany(seed => Enumerable.Range(0, 10).Select(n => SplitMix.Of(seed, n).Bits())).Distinct().Count());
}
