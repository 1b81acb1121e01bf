using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Defenses.Training;
using Adamant.Models;
using Adamant.Tests.Attacks.Evasion;
using Adamant.Texts;
using Adamant.Training;

namespace Adamant.Tests.Defenses.Training;

/// <summary>The objectives on texts, with votes that can be added in the head. Tokens: 2 good (+2), 3 fine (+1), 4 dull (−1), 5 awful (−3); 0 is padding.</summary>
public sealed class TextObjectiveTests : TensorTest
{
    private readonly BagNetwork network;
    private readonly TextEncoding encoding;
    private readonly Batch batch = new(tensor(new long[,] { { 2, 3, 2, 3 }, { 4, 2, 0, 0 } }), tensor(new[] { 1L, 0L }));
    private readonly TrainingStep step = new((outputs, labels) => nn.functional.cross_entropy(outputs, labels), 3, Cancellation);

    public TextObjectiveTests() => (network, encoding) = BagNetwork.Of(("good", 2), ("fine", 1), ("dull", -1), ("awful", -3));

    public static TheoryData<string> Names => ["freelb", "substitutions"];

    private static IObjective Make(string name, double size) => name == "freelb" ? new FreeLb(size) : new SubstitutionTraining(size);

    [Theory]
    [InlineData(0.25, 1, new long[] { 5, 3, 2, 3, 4, 2, 0, 0 })]               // one of four words, and at least one of two
    [InlineData(0.5, 1, new long[] { 5, 3, 5, 3, 4, 2, 0, 0 })]
    [InlineData(0.5, 2, new long[] { 5, 3, 5, 3, 4, 2, 0, 0 })]
    [InlineData(0.75, 2, new long[] { 5, 5, 5, 3, 4, 2, 0, 0 })]
    public void The_words_that_hurt_most_are_replaced_by_the_worst(double share, int steps, long[] expected)
    {
        var moved = new SubstitutionTraining(share) { Steps = steps, Insertions = 0 }.Attack(network, batch.Inputs, batch.Labels, step).data<long>().ToArray();

        Assert.Equal(expected[..4].Order(), moved[..4].Order());               // which of two equal words goes first is open
        Assert.Equal([2, 2, 0, 0], moved[4..]);                                // for class 0 "dull" is the word that helps, and "good" is the worst
    }

    [Fact]
    public void Words_are_inserted_as_well()
    {
        var moved = new SubstitutionTraining(0.5) { Insertions = 1 }.Attack(network, batch.Inputs, batch.Labels, step);

        // Two more words in the text of four, one in the text of two; the others keep their order, and padding stays behind.
        Assert.Equal([2, 6], moved.shape);
        var rows = moved.data<long>().ToArray();
        Assert.Equal([2, 3, 2, 3], rows[..6].Where(t => t != 5));
        Assert.Equal([2, 2, 4], rows[6..9].Order());
        Assert.Equal([0, 0, 0], rows[9..]);
    }

    [Fact]
    public void Texts_that_fill_a_Transformer_get_replacements_instead_of_insertions()
    {
        using var full = new TransformerClassifier(vocabulary: 6, maxLength: 4, dModel: 8, heads: 2, layers: 1, feedForward: 8, classes: 2);

        var moved = new SubstitutionTraining(0.5) { Insertions = 1 }.Attack(full, batch.Inputs, batch.Labels, step);

        Assert.Equal(4, moved.shape[1]);
        Assert.True(new SubstitutionTraining(0.5) { Insertions = 1 }.Loss(full, batch, step).isfinite().item<bool>());
    }

    [Fact]
    public void Only_near_words_are_put_in_when_that_is_asked()
    {
        var vectors = new WordVectors(["good", "fine", "dull", "awful"], tensor(new float[,] { { 1, 0 }, { 1, 0.1f }, { 0, 1 }, { 0.1f, 1 } }));
        using var near = new TokenNeighbors(encoding, vectors, 0.5, 2);
        Assert.Equal([3, 0, 2, 0, 5, 0, 4, 0], near.Table.narrow(0, 2, 4).data<long>().ToArray());

        var moved = new SubstitutionTraining(1) { Near = near, Steps = 1 }.Attack(network, batch.Inputs, batch.Labels, step).data<long>().ToArray();

        // good → fine lowers class 1; fine → good would raise it. For class 0, dull → awful would raise it, good → fine too.
        Assert.Equal([3, 3, 3, 3, 4, 2, 0, 0], moved);
    }

    [Fact]
    public void The_loss_is_a_mixture_of_the_clean_and_the_attacked()
    {
        var attacked = new SubstitutionTraining(0.25).Attack(network, batch.Inputs, batch.Labels, step);
        float Of(Tensor tokens) => step.Criterion(network.call(tokens), batch.Labels).item<float>();

        var loss = new SubstitutionTraining(0.25) { Weight = 0.3 }.Loss(network, batch, step).item<float>();

        Assert.Equal((0.7f * Of(batch.Inputs)) + (0.3f * Of(attacked)), loss, 1e-5f);
    }

    [Fact]
    public void FreeLb_climbs_from_step_to_step()
    {
        var one = new FreeLb(0.5) { Steps = 1 }.Loss(network, batch, step).item<float>();
        var three = new FreeLb(0.5) { Steps = 3 }.Loss(network, batch, step).item<float>();

        Assert.True(three > one);
    }

    [Fact]
    public void Pgd_on_embeddings_leaves_padding_exactly_where_it_is()
    {
        var before = network.Embed(batch.Inputs).detach();

        foreach (var ball in new Ball[] { new Linf(0.5), new L2(1) })
        {
            var moved = new EmbeddingPgd(ball).Perturb(network, batch.Inputs, batch.Labels, cancellation: Cancellation);

            Assert.Equal(before[1].data<float>().ToArray()[4..], moved[1].data<float>().ToArray()[4..]);
            Assert.True(moved[0].ne(before[0]).all().item<bool>());
            Assert.True(ball.Measure(moved - before).max().item<float>() <= ball.Radius + 1e-5);
        }
        // L∞ ½ on 4 tokens moves the margin of class 1, 2 · 6, by 2 · 4 · ½.
        var worst = new EmbeddingPgd(new Linf(0.5)).Perturb(network, batch.Inputs, batch.Labels, cancellation: Cancellation);
        var logits = network.FromEmbedding(worst, batch.Inputs);
        Assert.Equal(12 - 4, (logits[0, 1] - logits[0, 0]).item<float>(), 1e-4f);
    }

    [Fact]
    public void Pgd_on_embeddings_measures_a_model()
    {
        using var victim = network.AsTextVictim(encoding);
        string[] texts = ["good fine good fine", "fine", "dull"];
        var labels = tensor(new[] { 1L, 1L, 1L });

        Assert.Equal(2, new EmbeddingPgd(new Linf(0)).RobustAccuracy(victim, texts, labels, cancellation: Cancellation).Successes);
        Assert.Equal(1, new EmbeddingPgd(new Linf(1.2)).RobustAccuracy(victim, texts, labels, cancellation: Cancellation).Successes);
    }

    [Theory, MemberData(nameof(Names))]
    public void Teach_the_parameters_and_nothing_else(string name)
    {
        var tokens = batch.Inputs.clone();
        network.train();

        var loss = Make(name, 0.25).Loss(network, batch, step);

        Assert.True(network.training);
        Assert.True(batch.Inputs.bytes.SequenceEqual(tokens.bytes));
        Assert.Null(network.Table.grad);
        loss.backward();
        Assert.True(network.Table.grad!.abs().max().item<float>() > 0);
        Assert.Equal([0, 0], network.Table.grad![0].data<float>().ToArray());  // padding learns nothing
    }

    [Theory, MemberData(nameof(Names))]
    public void Without_a_budget_it_is_plain_training(string name) =>
        Assert.Equal(new PlainObjective().Loss(network, batch, step).item<float>(), Make(name, 0).Loss(network, batch, step).item<float>(), 1e-5f);

    [Theory, MemberData(nameof(Names))]
    public void Repeat_with_the_seed(string name) =>
        Assert.Equal(Make(name, 0.5).Loss(network, batch, step).item<float>(), Make(name, 0.5).Loss(network, batch, step).item<float>());

    [Theory, MemberData(nameof(Names))]
    public void Refuse_networks_that_read_no_texts_and_regressions(string name)
    {
        using var mlp = new Mlp(4, [3], 2);

        Assert.Contains("Expected a network that reads texts", Assert.Throws<ArgumentException>(() => Make(name, 0.5).Loss(mlp, batch, step)).Message, StringComparison.Ordinal);
        Assert.Contains("got Float32", Assert.Throws<ArgumentException>(
            () => Make(name, 0.5).Loss(network, new Batch(batch.Inputs, zeros(2)), step)).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Names))]
    public void Stop_when_the_training_is_canceled(string name)
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Make(name, 0.5).Loss(network, batch, step with { Cancellation = cancel.Token }));
    }

    [Theory, MemberData(nameof(Names))]
    public void Leave_no_tensor_but_the_loss(string name)
    {
        Once();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++) Once();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Once()
        {
            using var scope = NewDisposeScope();
            Make(name, 0.5).Loss(network, batch, step);
        }
    }

    [Fact]
    public void Are_values_that_name_themselves()
    {
        Assert.Equal("FreeLb { Radius = 0.5, Steps = 3, RelativeStep = 0.7 }", new FreeLb(0.5).ToString());
        Assert.Equal("SubstitutionTraining { Share = 0.15, Steps = 2, Weight = 0.5, Insertions = 0.5, Near =  }", new SubstitutionTraining(0.15).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => new FreeLb(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SubstitutionTraining(-0.1));
    }
}
