using Adamant.Training;
using Adamant.Victims;
using FsCheck.Xunit;

namespace Adamant.Tests.Training;

public sealed class EvaluationTests : TrainingTest
{
    // Logits of six samples (rows) for three classes, and their labels.
    private static readonly float[][] Logits = [[2, 0, 0], [0, 2, 0], [0, 2, 0], [0, 0, 2], [2, 0, 0], [0, 2, 0]];
    private static readonly long[] Labels = [0, 0, 1, 2, 2, 1];

    [Fact]
    public void Three_classes_have_the_scores_computed_by_hand()
    {
        // Answers 0 1 1 2 0 1. Confusion rows (truth): [1 1 0] [0 2 0] [1 0 1]. Recall ½ 1 ½, precision ½ ⅔ 1, F1 ½ ⅘ ⅔.
        var evaluation = Of(Logits, Labels);

        Assert.Equal(new Proportion(4, 6), evaluation.Accuracy);
        Assert.Equal([[1, 1, 0], [0, 2, 0], [1, 0, 1]], evaluation.Confusion);
        Assert.Equal([0.5, 1, 0.5], evaluation.Classes.Select(c => c.Recall.Value));
        Assert.Equal([0.5, 2 / 3.0, 1], evaluation.Classes.Select(c => c.Precision.Value));
        Assert.Equal((0.5 + 0.8 + 2 / 3.0) / 3, evaluation.MacroF1!.Value, 12);
        Assert.Equal(["c0", "c1", "c2"], evaluation.Classes.Select(c => c.Name));
        // Right: log(1 + 2e⁻²) = 0.239533, wrong: that + 2. Four right, two wrong.
        Assert.Equal(Math.Log(1 + 2 * Math.Exp(-2)) + 2 * 2 / 6.0, evaluation.Loss, 6);
        // AUC of class 0: positives {high, low}, negatives {low, low, high, low}: high beats 3 and ties 1, low ties 3: (3.5 + 1.5) / 8.
        // Class 1: {high, high} against {low, high, low, low}: (3.5 + 3.5) / 8. Class 2: {high, low} against four low: (4 + 2) / 8.
        Assert.Equal((5 + 7 + 6) / 24.0, evaluation.Auc!.Value, 12);
    }

    [Fact]
    public void A_class_that_never_occurs_does_not_count()
    {
        // Answers 0 0, truth 0 0, of three classes: F1 = 1 for class 0, undefined for the others; no negatives, so no AUC.
        var evaluation = Of([[2, 0, 0], [2, 0, 0]], [0, 0]);

        Assert.Equal(1, evaluation.MacroF1);
        Assert.Null(evaluation.Auc);
        Assert.Equal(["accuracy", "f1"], evaluation.Metrics.Keys);
    }

    [Theory]
    [InlineData(new[] { 0.1, 0.4, 0.35, 0.8 }, new[] { 0, 0, 1, 1 }, 0.75)]  // the classic example: of 4 pairs 3 are in order
    [InlineData(new[] { 1.0, 1.0, 1.0, 1.0 }, new[] { 0, 1, 0, 1 }, 0.5)]
    [InlineData(new[] { 1.0, 2.0, 2.0, 3.0 }, new[] { 0, 0, 1, 1 }, 0.875)]  // one tie of four pairs counts half
    [InlineData(new[] { 3.0, 1.0 }, new[] { 0, 1 }, 0.0)]
    public void Auc_counts_ordered_pairs(double[] scores, int[] labels, double expected)
    {
        Assert.Equal(expected, RankStatistic.Auc(scores, i => labels[i] == 1)!.Value, 12);
    }

    [Property]
    public bool Auc_is_the_share_of_ordered_pairs((byte Score, bool Positive)[] samples)
    {
        var positives = samples.Where(s => s.Positive).ToArray();
        var negatives = samples.Where(s => !s.Positive).ToArray();
        var auc = RankStatistic.Auc([.. samples.Select(s => (double)s.Score)], i => samples[i].Positive);
        if (positives.Length == 0 || negatives.Length == 0) return auc is null;
        var pairs = positives.SelectMany(p => negatives.Select(n => p.Score > n.Score ? 1 : p.Score == n.Score ? 0.5 : 0));
        return Math.Abs(pairs.Average() - auc!.Value) < 1e-9;
    }

    [Fact]
    public void Two_classes_rank_by_the_difference_of_their_scores()
    {
        // Differences −1, 5, 0, 6 for labels 0 0 1 1: pairs (0 > −1) yes, (0 > 5) no, (6 > …) yes twice.
        Assert.Equal(0.75, Of([[1, 0], [0, 5], [3, 3], [-3, 3]], [0, 0, 1, 1]).Auc!.Value, 12);
    }

    [Fact]
    public void Regression_has_errors_instead_of_answers()
    {
        // Outputs 1, 2, 3 against 1, 4, 2: errors 0, −2, 1.
        using var victim = new ModuleVictim(Linear([[1]]), InputSpec.Features(1));
        using var data = Targets(tensor(new[] { 1f, 2f, 3f }).reshape(3, 1), tensor(new[] { 1f, 4f, 2f }));
        var evaluation = Evaluation.Of(victim, data, microBatch: 2, Cancellation);

        Assert.Equal(5 / 3.0, evaluation.Loss, 6);
        Assert.Equal(Math.Sqrt(5 / 3.0), evaluation.Rmse!.Value, 6);
        Assert.Equal(1, evaluation.Mae!.Value, 6);
        Assert.Null(evaluation.Accuracy);
        Assert.Equal(["rmse", "mae"], evaluation.Metrics.Keys);
        Assert.Equal(1 + (1.96 / Math.Sqrt(3)), evaluation.MaeInterval!.Value.High, 6);     // |errors| 0, 2, 1: deviation 1
        Assert.Equal(Math.Sqrt((5 / 3.0) + (1.96 * Math.Sqrt(13 / 3.0 / 3))), evaluation.RmseInterval!.Value.High, 6);     // squares 0, 4, 1: variance 13/3
        Assert.Equal((0, 0), (evaluation.MaeInterval.Value.Low, evaluation.RmseInterval.Value.Low));
    }

    [Fact]
    public void The_size_of_the_micro_batches_changes_nothing()
    {
        var (all, byTwo) = (Of(Logits, Labels), Of(Logits, Labels, microBatch: 4));
        Assert.Equal(all.Loss, byTwo.Loss, 12);
        Assert.Equal(all.Confusion, byTwo.Confusion);
    }

    [Fact]
    public void Leaves_no_tensors_behind_and_no_gradients()
    {
        using var network = Tiny(Plane);
        using var data = Clouds();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Evaluation.Of(network.AsVictim(), data, 10, Cancellation);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.All(network.parameters(), p => Assert.Null(p.grad));
        Assert.True(network.training);
    }

    [Fact]
    public void Data_that_do_not_fit_are_refused()
    {
        using var victim = new ModuleVictim(Linear([[1, 0], [0, 1]]), Plane);
        using var three = Labeled(zeros(2, 2), tensor(new[] { 0L, 2L }), Plane, 3);
        Assert.Contains("labels in 0..1", Assert.Throws<ArgumentException>(() => Evaluation.Of(victim, three, 256, Cancellation)).Message);
        Assert.Throws<ArgumentException>(() => Evaluation.Of(victim, new Nothing(), 256, Cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluation.Of(victim, three, 0, Cancellation));
        Assert.Throws<OperationCanceledException>(() => Evaluation.Of(victim, three, 256, new CancellationToken(true)));
    }

    private static Evaluation Of(float[][] logits, long[] labels, int microBatch = 256)
    {
        // The identity as a model: the inputs are the logits.
        var classes = logits[0].Length;
        var identity = Enumerable.Range(0, classes).Select(r => Enumerable.Range(0, classes).Select(c => r == c ? 1f : 0f).ToArray()).ToArray();
        using var victim = new ModuleVictim(Linear(identity), InputSpec.Features(classes));
        using var data = Labeled(stack(logits.Select(row => tensor(row))), tensor(labels), InputSpec.Features(classes), classes);
        return Evaluation.Of(victim, data, microBatch, Cancellation);
    }
}
