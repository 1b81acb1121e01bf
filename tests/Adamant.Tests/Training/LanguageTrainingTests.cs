using Adamant.Data;
using Adamant.Models;
using Adamant.Serialization;
using Adamant.Texts;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Training;

/// <summary>Labels [N, T] against logits [N, T, V], from the windows of a text to a model file that writes.</summary>
public sealed class LanguageTrainingTests : TensorTest
{
    private static readonly string Text = string.Concat(Enumerable.Repeat("abcd ", 60));

    private static TokenWindows Windows(int length = 8)
    {
        var encoding = TextEncoding.Fit([Text], new TextEncodingOptions { Splitting = Splitting.Characters });
        return TokenWindows.Of(new DatasetCard { Name = "letters", Input = encoding.Input, Rows = 0, Encoding = encoding }, Text, length);
    }

    [Fact]
    public void Windows_follow_each_other_and_their_labels_are_one_token_ahead()
    {
        using var windows = Windows();
        var all = windows.ReadAll();

        Assert.Equal((300 - 1) / 8, windows.Count);
        Assert.True(all.Inputs.narrow(1, 1, 7).equal(all.Labels.narrow(1, 0, 7)).all().item<bool>());
        Assert.True(all.Labels[0, 7].equal(all.Inputs[1, 0]).item<bool>());
        Assert.Equal("abcd abc", windows.Card.Encoding!.Decode(all.Inputs[0].data<long>().ToArray().Select(t => (int)t)));
    }

    [Theory, InlineData("decoder"), InlineData("lstm")]
    public void A_language_model_learns_a_text_and_writes_on_from_its_file(string kind)
    {
        using var windows = Windows();
        using LanguageNetwork network = kind == "lstm" ? new LstmLanguageModel(windows.Card.Encoding!.Vocabulary.Count, 8, 16) : new DecoderTransformer(windows.Card.Encoding!.Vocabulary.Count, 8, 16, 2, 1, 1, 32);
        var options = new TrainingOptions { Epochs = 40, BatchSize = 8, Optimizer = new Adam { LearningRate = 0.02 } };

        var result = new Trainer(options).Fit(network, windows, windows, Cancellation);

        var last = result.History[^1];
        Assert.True(last.Validation["accuracy"] > 0.9, $"accuracy {last.Validation["accuracy"]}");
        Assert.Equal(Math.Exp(last.ValidationLoss!.Value), last.Validation["perplexity"], 1e-9);
        Assert.Equal(last.ValidationLoss.Value / Math.Log(2), last.Validation["bits"], 1e-9);

        using var folder = new TemporaryFolder();
        var (architecture, arguments) = ModelCatalog.Describe(network);
        ModelFile.Save(folder["m.safetensors"], network, new ModelCard
        {
            Architecture = architecture,
            Arguments = arguments,
            Input = windows.Card.Input,
            Task = LearningTask.NextToken,
            Encoding = windows.Card.Encoding,
        });
        using var loaded = ModelFile.Load(folder["m.safetensors"]);
        Assert.Null(loaded.Text);
        Assert.Equal("d abcd abcd ", string.Concat(loaded.Language!.Continue("abc", new Generation { Tokens = 12, Temperature = 0 }, Cancellation)));
    }

    [Fact]
    public void Positions_without_a_label_count_nowhere()
    {
        // Two of three positions count; the logits are those of a fair choice of 4: the loss is log 4.
        using var data = new Two();
        var evaluation = Evaluation.Of(new Fair(), data, cancellation: Cancellation);

        Assert.Equal(Math.Log(4), evaluation.Loss, 1e-6);
        Assert.Equal(4, evaluation.Perplexity!.Value, 1e-5);
        Assert.Equal(2, evaluation.Bits!.Value, 1e-5);
        Assert.Equal(2, evaluation.Accuracy!.Value.Trials);
    }

    [Fact]
    public void Networks_and_data_of_other_tasks_are_refused()
    {
        using var windows = Windows();
        using var classifier = new SimpleLstm(20, 4, 4);
        using var decoder = new DecoderTransformer(20, 8, 16, 2, 1, 1, 32);
        using var clouds = new TensorDataset(new DatasetCard { Name = "clouds", Input = InputSpec.Tokens(20), Rows = 1, ClassNames = ["a"] }, zeros([1, 3], ScalarType.Int64), zeros([1], ScalarType.Int64));

        Assert.Contains("expected a network that predicts tokens", Assert.ThrowsAny<ArgumentException>(() => new Trainer(new TrainingOptions()).Fit(classifier, windows, cancellation: Cancellation)).Message, StringComparison.Ordinal);
        Assert.Contains("learns which token is next", Assert.ThrowsAny<ArgumentException>(() => new Trainer(new TrainingOptions()).Fit(decoder, clouds, cancellation: Cancellation)).Message, StringComparison.Ordinal);
        Assert.Contains("more than 400 tokens, got 300", Assert.Throws<InvalidDataException>(() => Windows(400)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_is_turned_into_another_after_a_short_training()
    {
        (string, string)[] pairs = [.. from a in "abcd" from b in "abcd" from c in "abcd" select ($"{a}{b}{c}", $"{c}{b}{a}")];
        var encoding = TextPairs.Characters("abcd");
        using var data = new TextPairs(new DatasetCard { Name = "reversal", Input = encoding.Input, Rows = 0, Encoding = encoding }, pairs, 3, 4);
        using var network = new Seq2SeqTransformer(encoding.Vocabulary.Count, 3, 4, 16, 2, 1, 32);

        new Trainer(new TrainingOptions { Epochs = 60, BatchSize = 16, Optimizer = new Adam { LearningRate = 0.01 }, Schedule = new WarmUp(new CosineSchedule(), 0.1) }).Fit(network, data, cancellation: Cancellation);

        var found = network.Translate(data.Read(5, 1).Inputs[0].narrow(0, 0, 3), new BeamSearch { Width = 2 }, Cancellation)[0];
        Assert.Equal(pairs[5].Item2, encoding.Decode(found.Tokens));
        Assert.True(Evaluation.Of(network.AsVictim(), data, cancellation: Cancellation).Accuracy!.Value.Value > 0.95);
    }

    private sealed class Two : IDataset
    {
        public DatasetCard Card { get; } = new() { Name = "two", Input = InputSpec.Tokens(4), Rows = 1, Task = LearningTask.NextToken };

        public long Count => 1;

        public Batch Read(Tensor indices) => new(zeros([1, 3], ScalarType.Int64), tensor(new[] { 0L, 1, Batch.NoLabel }).reshape(1, 3));

        public void Dispose()
        {
        }
    }

    private sealed class Fair : IScoring
    {
        public InputSpec Input => InputSpec.Tokens(4);

        public Tensor Logits(Tensor inputs) => zeros(inputs.shape[0], inputs.shape[1], 4);

        public Tensor Predict(Tensor inputs) => Logits(inputs).argmax(-1);

        public void Dispose()
        {
        }
    }
}
