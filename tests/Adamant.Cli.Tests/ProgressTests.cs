using Adamant.Attacks;
using Adamant.Training;

namespace Adamant.Cli.Tests;

public sealed class ProgressTests
{
    [Fact]
    public void An_attack_moves_forward_from_0_to_1()
    {
        var shares = new List<double>();
        var view = new AttackView((share, _) => shares.Add(share), batches: 3);
        for (var batch = 0; batch < 3; batch++)
            for (var step = 1; step <= 4; step++) view.Report(new AttackStep(step, 4, 1));
        Forward(shares);
        Assert.Equal(1, shares[^1], 9);
    }

    [Fact]
    public void An_attack_of_more_batches_than_announced_stays_below_1()
    {
        var shares = new List<double>();
        var view = new AttackView((share, _) => shares.Add(share), batches: 2);
        for (var batch = 0; batch < 4; batch++)
            for (var step = 1; step <= 4; step++) view.Report(new AttackStep(step, 4, 1));
        Forward(shares);
    }

    [Fact]
    public void A_training_moves_forward_from_0_to_1()
    {
        var shares = new List<double>();
        var view = new TrainingView((share, _) => shares.Add(share));
        for (var epoch = 1; epoch <= 3; epoch++)
            for (var step = 1; step <= 5; step++) view.Report(new TrainingProgress(epoch, 3, step, 5, 1, 0.5, 100, TimeSpan.Zero));
        Forward(shares);
        Assert.Equal(1, shares[^1], 9);
    }

    [Fact]
    public void The_time_left_needs_a_pace_and_ends_at_0()
    {
        var left = new TimeLeft();
        Assert.Equal("", left.At(0.5));                         // resumed in the middle
        Assert.Equal("", left.At(0.5));
        Assert.Equal("0:00 left", left.At(1));
    }

    private static void Forward(List<double> shares)
    {
        Assert.All(shares, share => Assert.InRange(share, 0, 1));
        Assert.Equal(shares.Order(), shares);
    }
}
