using System.Text.Json;
using Adamant.Data;
using Adamant.Explaining;
using Adamant.Models;

namespace Adamant.Tests.Explaining;

public sealed class SequenceExplanationTests : TensorTest
{
    private static readonly string[] Vocabulary = [.. Enumerable.Range(0, 20).Select(n => $"w{n}")];

    [Fact]
    public void Of_an_lstm_has_gates_memory_and_tokens_but_no_attention()
    {
        using var network = new SimpleLstm(20, 6, 8, 3, layers: 2, bidirectional: true);
        network.eval();

        var found = SequenceExplanation.Of(network, Text(3, 1, 4), output: 1, Vocabulary, Cancellation);

        Assert.Equal(["w3", "w1", "w4"], found.Steps);
        Assert.Equal(["l0", "l0_reverse", "l1", "l1_reverse"], found.Gates.Select(g => g.Layer));
        Assert.Equal(3, found.Memory!.States.Count);
        Assert.Equal(3, found.Gradients.Norms.Count);
        Assert.Equal(1, found.Saliency!.Output);
        Assert.Null(found.Attention);
    }

    [Fact]
    public void Of_a_transformer_has_attention_and_tokens_but_no_memory()
    {
        using var network = new TransformerClassifier(20, 12, 16, 4, 2, 32, 3);
        network.eval();

        var found = SequenceExplanation.Of(network, Text(3, 1, 4), output: 1, cancellation: Cancellation);

        Assert.Equal(["1", "2", "3"], found.Steps);
        Assert.Equal(3, found.Attention!.Rollout.Count);
        Assert.NotNull(found.Saliency);
        Assert.Null(found.Memory);
        Assert.Empty(found.Gates);
    }

    [Fact]
    public void Of_a_series_in_its_own_units_has_memory_but_no_tokens()
    {
        using var network = new ElmanRnn(2, 5, 1) { Standardization = new Standardization([10, 20], [2, 4], TargetMean: 100, TargetStd: 30) };
        network.eval();
        using var sample = new Batch(10 + (5 * randn(1, 6, 2)), tensor(new[] { 120f }));

        var found = SequenceExplanation.Of(network, sample, output: 0, cancellation: Cancellation);

        Assert.Equal(6, found.Memory!.Influence.Count);
        Assert.Equal(Math.Pow(network.call(sample.Inputs).item<float>() - 120, 2), found.Gradients.Loss, 0.01);
        Assert.Null(found.Saliency);
    }

    [Fact]
    public void Of_networks_of_series_are_the_same_parts_without_tokens()
    {
        using var lstm = new SeriesLstm(2, 5, 3, layers: 2, bidirectional: true);
        using var transformer = new SeriesTransformer(2, 3, 8, 2, 1, 16);
        lstm.eval();
        transformer.eval();
        using var sample = new Batch(randn(1, 6, 2), tensor(new[] { 2L }));

        var recurrent = SequenceExplanation.Of(lstm, sample, output: 2, cancellation: Cancellation);
        var attending = SequenceExplanation.Of(transformer, sample, output: 2, cancellation: Cancellation);

        Assert.Equal((4, 6), (recurrent.Gates.Count, recurrent.Memory!.States.Count));
        Assert.Equal((6, 6), (attending.Attention!.Rollout.Count, attending.Gradients.Norms.Count));
        Assert.Null(attending.Saliency);
    }

    [Fact]
    public void Is_plain_numbers_that_survive_json()
    {
        using var lstm = new SimpleLstm(20, 6, 8, 3);
        lstm.eval();

        var text = ExplanationJson.ToText(new Explanation { Title = "t", Created = default, Sequence = SequenceExplanation.Of(lstm, Text(3, 1, 4), 1, Vocabulary, Cancellation) });

        var sequence = JsonDocument.Parse(text).RootElement.GetProperty("sequence");
        Assert.Equal("w3", sequence.GetProperty("steps")[0].GetString());
        Assert.Equal(8, sequence.GetProperty("gates")[0].GetProperty("forget")[2].GetArrayLength());
        Assert.True(sequence.GetProperty("saliency").GetProperty("isComplete").GetBoolean());
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        using var lstm = new SimpleLstm(20, 6, 8, 3);
        using var transformer = new TransformerClassifier(20, 12, 16, 4, 2, 32, 3);
        lstm.eval();
        transformer.eval();
        using var sample = Text(3, 1, 4);
        Explain();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Explain();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Explain()
        {
            using var scope = NewDisposeScope();
            SequenceExplanation.Of(lstm, sample, 1, Vocabulary, Cancellation);
            SequenceExplanation.Of(transformer, sample, 1, Vocabulary, Cancellation);
        }
    }

    private static Batch Text(params long[] tokens) => new(tensor(tokens).reshape(1, -1), tensor(new[] { 2L }));
}
