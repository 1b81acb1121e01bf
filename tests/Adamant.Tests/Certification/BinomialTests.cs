using Adamant.Certification;

namespace Adamant.Tests.Certification;

public sealed class BinomialTests
{
    [Theory]
    [InlineData(1000, 0.001)]
    [InlineData(100_000, 0.001)]
    [InlineData(7, 0.05)]
    public void Hits_only_leave_the_nth_root_of_alpha(int trials, double alpha) =>
        Assert.Equal(Math.Pow(alpha, 1.0 / trials), Binomial.LowerBound(trials, trials, alpha), 1e-12);

    [Fact]
    public void Two_hits_of_two_and_one_of_two_are_solved_by_hand()
    {
        Assert.Equal(0, Binomial.LowerBound(0, 10, 0.001));
        Assert.Equal(0.2, Binomial.LowerBound(2, 2, 0.04), 1e-12);                      // p² = α
        Assert.Equal(1 - Math.Sqrt(0.95), Binomial.LowerBound(1, 2, 0.05), 1e-12);      // 1 − (1 − p)² = α
    }

    /// <summary>The textbook's table: 95 % one-sided lower limits (that is the lower end of the two-sided 90 % interval).</summary>
    [Theory]
    [InlineData(8, 10, 0.05, 0.493099)]
    [InlineData(5, 10, 0.05, 0.222441)]
    public void Agrees_with_published_limits(int hits, int trials, double alpha, double bound) =>
        Assert.Equal(bound, Binomial.LowerBound(hits, trials, alpha), 1e-5);

    [Theory]
    [InlineData(30)]
    [InlineData(999)]
    public void Tails_are_the_sums_of_the_distribution(int trials)
    {
        foreach (var p in new[] { 0.01, 0.3, 0.5, 0.97 })
        {
            var (tail, logChoose) = (0.0, 0.0);
            for (var k = trials; k >= 1; k--)
            {
                tail += Math.Exp(logChoose + (k * Math.Log(p)) + ((trials - k) * Math.Log(1 - p)));
                Assert.Equal(tail, Binomial.AtLeast(k, trials, p), 1e-11);
                logChoose += Math.Log(k) - Math.Log(trials - k + 1);
            }
        }
    }

    [Fact]
    public void The_bound_is_where_so_many_hits_would_have_been_a_surprise()
    {
        foreach (var (hits, trials) in new[] { (700L, 1000L), (50_100L, 100_000L), (99_990L, 100_000L), (1L, 100_000L) })
        {
            var bound = Binomial.LowerBound(hits, trials, 0.001);
            Assert.InRange(bound, 0, (double)hits / trials);
            Assert.Equal(0.001, Binomial.AtLeast(hits, trials, bound), 1e-8);
            Assert.True(Binomial.AtLeast(hits, trials, bound) <= 0.001, "rounded to the wrong side");
        }
    }

    [Fact]
    public void A_coin_is_doubted_as_a_binomial_test_does()
    {
        Assert.Equal(1, Binomial.EqualOdds(5, 5));
        Assert.Equal(2 * 11 / 1024.0, Binomial.EqualOdds(9, 1), 1e-14);
        Assert.Equal(2 * 11 / 1024.0, Binomial.EqualOdds(1, 9), 1e-14);
        Assert.Equal(Math.Pow(2, -99), Binomial.EqualOdds(100, 0), 1e-40);
    }
}
