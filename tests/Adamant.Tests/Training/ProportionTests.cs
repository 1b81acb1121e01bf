using Adamant.Training;
using FsCheck.Xunit;

namespace Adamant.Tests.Training;

public sealed class ProportionTests
{
    [Fact]
    public void Wilson_interval_is_that_of_the_textbook()
    {
        // 8 of 10: z² = 3.8414588; center = (0.8 + 0.19207294) / 1.38414588 = 0.71674; half = 1.95996398 / 1.38414588 · √(0.016 + 0.00960365) = 0.22657.
        var (low, high) = new Proportion(8, 10).Wilson95;

        Assert.Equal(0.49016, low, 5);
        Assert.Equal(0.94331, high, 4);
    }

    [Theory]
    [InlineData(0, 10, 0, 0.277533)]                            // z² / (n + z²) = 3.8414588 / 13.8414588
    [InlineData(10, 10, 0.722467, 1)]
    public void Interval_stays_within_0_and_1_at_the_ends(long successes, long trials, double low, double high)
    {
        var interval = new Proportion(successes, trials).Wilson95;

        Assert.Equal(low, interval.Low, 5);
        Assert.Equal(high, interval.High, 5);
    }

    [Fact]
    public void Without_trials_nothing_is_known()
    {
        Assert.Equal((0, 1), new Proportion(0, 0).Wilson95);
        Assert.Equal("–", new Proportion(0, 0).ToString());
    }

    [Fact]
    public void Reads_as_percentages() => Assert.Equal("80.0 % [49.0, 94.3]", new Proportion(8, 10).ToString());

    [Property]
    public bool Interval_holds_the_share(byte successes, byte failures)
    {
        var proportion = new Proportion(successes, successes + failures);
        var (low, high) = proportion.Wilson95;
        return proportion.Trials == 0 || (low <= proportion.Value + 1e-12 && proportion.Value <= high + 1e-12 && low >= 0 && high <= 1);
    }
}
