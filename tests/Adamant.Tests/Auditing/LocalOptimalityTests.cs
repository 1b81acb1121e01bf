using Adamant.Attacks.Evasion;
using Adamant.Auditing;

namespace Adamant.Tests.Auditing;

public sealed class LocalOptimalityTests
{
    private const double Never = double.PositiveInfinity;

    [Fact]
    public void Is_what_a_hand_computes()
    {
        // Four samples, one of them wrong from the start. Together the two attacks reach 0, 1, 2, 4: up to ε₀ = 4 the stairs have the area (0 + 1 + 2 + 4)/4 = 1.75,
        // and nobody attacking leaves ¾ · 4 = 3. The first attack leaves (0 + 1 + 4 + 4)/4 = 2.25, the second (0 + 3 + 2 + 4)/4 = 2.25: each loses 0.5 of 1.25.
        double[] first = [0, 1, Never, 4], second = [0, 3, 2, 9];

        var envelope = LocalOptimality.Envelope(first, second);

        Assert.Equal([0, 1, 2, 4], envelope);
        Assert.Equal(0.6, LocalOptimality.Of(first, envelope), 12);
        Assert.Equal(0.6, LocalOptimality.Of(second, envelope), 12);
    }

    [Fact]
    public void Is_one_for_the_best_attack_and_zero_for_one_that_finds_nothing()
    {
        double[] best = [1, 2, 3], nothing = [Never, Never, Never];
        var envelope = LocalOptimality.Envelope(best, nothing);

        Assert.Equal(1, LocalOptimality.Of(best, envelope));
        Assert.Equal(0, LocalOptimality.Of(nothing, envelope));
        Assert.Equal(double.NaN, LocalOptimality.Of(nothing, LocalOptimality.Envelope(nothing)));
    }

    [Fact]
    public void Reads_distances_from_a_run()
    {
        var run = new TextEvasionResult
        {
            Attack = "by hand",
            Threat = new(new Adamant.Attacks.WordEdits(1)),
            Originals = [],
            Adversarials = [],
            Samples = [new(0, 1, 1, 0.5), new(0, 0, 1, 0.7), new(0, 0, 0, 0.9)],
            Success = new(1, 2),
            Forwards = 0,
            Gradients = 0,
            Elapsed = TimeSpan.Zero,
        };

        Assert.Equal([0, 0.7, Never], LocalOptimality.Distances(run));
        Assert.Equal(Never, run.MedianPerturbation);
        Assert.Null(run.MedianQueries);
    }

    [Fact]
    public void Refuses_distances_that_do_not_belong_together()
    {
        Assert.Throws<ArgumentException>(() => LocalOptimality.Envelope());
        Assert.Throws<ArgumentException>(() => LocalOptimality.Envelope([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => LocalOptimality.Of([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => LocalOptimality.Of([1, 1], [1, 2]));
        Assert.Throws<ArgumentException>(() => LocalOptimality.Of([double.NaN], [1]));
    }
}
