using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

/// <summary>The judge of attacks on texts, against votes that can be added in the head: "good" votes for class 1, "bad" for class 0.</summary>
public sealed class TextHarnessTests : TensorTest
{
    private static readonly string[] Texts = ["good film good", "good bad bad", "bad bad bad"];
    private readonly TextVictim victim;

    public TextHarnessTests()
    {
        var (network, encoding) = BagNetwork.Of(("good", 1), ("bad", -1.5f));
        victim = network.AsTextVictim(encoding);
    }

    [Fact]
    public void Counts_from_the_strings()
    {
        var result = Judge(texts => ["bad film good", "good bad bad", "good bad bad"]);

        // Truth 1, 1, 0; clean 1, 0, 0; moved 0, 0, 0.
        Assert.Equal([new(1, 1, 0, 1), new(1, 0, 0, 0), new SampleOutcome(0, 0, 0, 1)], result.Samples);
        Assert.Equal((2, 1), (result.CleanAccuracy.Successes, result.RobustAccuracy.Successes));
        Assert.Equal((1, 2), (result.Success.Successes, result.Success.Trials));
        Assert.Equal(["bad film good", "good bad bad", "good bad bad"], result.Adversarials);
        Assert.Equal(Texts, result.Originals);
        Assert.Equal(1, result.MaxPerturbation);
    }

    [Theory]
    [InlineData("bad bad good")]
    [InlineData("")]
    [InlineData(" \t")]
    [InlineData(null)]
    public void A_proposal_outside_of_the_edits_or_without_a_word_counts_as_none(string? proposal)
    {
        var result = Judge(texts => [proposal!, texts[1], texts[2]]);

        Assert.Equal(Texts, result.Adversarials);
        Assert.Equal(0, result.Success.Successes);
    }

    [Fact]
    public void Too_few_or_too_many_proposals_count_as_none()
    {
        Assert.Equal(Texts, Judge(texts => ["bad film good"]).Adversarials);
        Assert.Equal(Texts, Judge(texts => ["bad film good", .. texts]).Adversarials);
    }

    [Fact]
    public void An_attack_cannot_move_the_originals_the_labels_or_the_targets()
    {
        var labels = tensor(new[] { 1L, 1L, 0L });
        var target = tensor(new[] { 0L, 0L, 1L });
        var sly = new Sly((texts, given, threat) =>
        {
            Assert.IsNotType<string[]>(texts);
            given.fill_(0);
            threat.Target!.fill_(1);
            return texts;
        });

        var result = sly.Against(victim, Texts, labels, new TextThreat(new WordEdits(0.4)) { Target = target }, cancellation: Cancellation);

        Assert.Equal(1, result.Samples[0].Label);
        Assert.Equal([0, 0, 1], target.data<long>().ToArray());
        Assert.Equal([1, 1, 0], labels.data<long>().ToArray());
        Assert.Equal(Texts, result.Originals);
        Assert.Equal((0, 2), (result.Success.Successes, result.Success.Trials));            // the second text is at its target already
    }

    [Fact]
    public void Counts_the_queries_of_the_attack_and_not_its_own()
    {
        var meter = new Meter();

        var result = new HotFlip { Candidates = 2 }.Against(
            victim.Metered(meter), ["good film good"], tensor(new[] { 1L }), new TextThreat(new WordEdits(0.4)), cancellation: Cancellation);

        Assert.Equal(1, result.Gradients);
        Assert.Equal(meter.Forwards - 3, result.Forwards);                                  // 2 per text, and 1 for the number of classes
        Assert.True(result.Forwards is > 1 and <= 7);
        Assert.Throws<QueryBudgetException>(() => new Typos().Against(
            victim.Metered(new Meter(4)), Texts, tensor(new[] { 1L, 1L, 0L }), new TextThreat(new WordEdits(0.4)), cancellation: Cancellation));
    }

    [Fact]
    public void Refuses_what_does_not_fit_together()
    {
        Assert.StartsWith("Expected at least one text to attack, got none.", Refused([], []), StringComparison.Ordinal);
        Assert.StartsWith("Expected a text with at least one word, got an empty one at position 1.", Refused(["good", " "], [1, 1]), StringComparison.Ordinal);
        Assert.StartsWith("Expected labels Int64 [1], one per sample, got Int64 [2].", Refused(["good"], [1, 1]), StringComparison.Ordinal);
        Assert.StartsWith("Expected labels in 0..1, the classes of the victim, got 2 in row 0.", Refused(["good"], [2]), StringComparison.Ordinal);
        Assert.StartsWith("Expected targets in 0..1, the classes of the victim, got -1 in row 0.", Refused(["good"], [1], [-1]), StringComparison.Ordinal);
    }

    private string Refused(string[] texts, long[] labels, long[]? target = null) => Assert.Throws<ArgumentException>(() => new HotFlip().Against(
        victim, texts, tensor(labels), new TextThreat(new WordEdits(0.4)) { Target = target is null ? null : tensor(target) }, cancellation: Cancellation)).Message;

    private TextEvasionResult Judge(Func<IReadOnlyList<string>, IReadOnlyList<string>> propose) => new Sly((texts, _, _) => propose(texts))
        .Against(victim, Texts, tensor(new[] { 1L, 1L, 0L }), new TextThreat(new WordEdits(0.4)), cancellation: Cancellation);

    private sealed record Sly(Func<IReadOnlyList<string>, Tensor, TextThreat, IReadOnlyList<string>> Propose) : ITextEvasion<ITextDifferentiable>
    {
        public IReadOnlyList<string> Perturb(
            ITextDifferentiable victim, IReadOnlyList<string> texts, Tensor labels, TextThreat threat, Run run, CancellationToken cancellation) => Propose(texts, labels, threat);
    }
}
