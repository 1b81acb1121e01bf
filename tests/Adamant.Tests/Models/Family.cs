using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Tests.Models;

/// <summary>One architecture as the golden vectors have it, and how its text becomes a point of the space that has gradients.</summary>
/// <param name="Name">The file of the golden vectors, and the row's name in a test's output.</param>
/// <param name="Create">A new network of the golden size.</param>
/// <param name="Inputs">Random inputs that it takes.</param>
public sealed record Family(string Name, Func<Network> Create, Func<Tensor> Inputs)
{
    /// <summary>The shared table: a new architecture is one more line.</summary>
    private static readonly Family[] All =
    [
        new("mlp", () => new Mlp(12, [16, 8], 3), () => randn(5, 12)),
        new("simple_cnn", () => new SimpleCnn(size: 8), () => rand(4, 3, 8, 8)),
        new("pipeline_cnn", () => new PipelineCnn(classes: 10, size: 16), () => rand(3, 3, 16, 16)),
        new("strided_cnn", () => new StridedCnn(size: 12), () => rand(4, 1, 12, 12)),
        new("elman_rnn", () => new ElmanRnn(5, 7, 4), () => randn(6, 9, 5)),
        new("elman_stack", () => new ElmanRnn(5, 7, 4, layers: 3), () => randn(6, 9, 5)),
        new("series_lstm", () => new SeriesLstm(5, 7, 4, layers: 2, bidirectional: true), () => randn(6, 9, 5)),
        new("series_transformer", () => new SeriesTransformer(5, 3, 16, 4, 2, 32), () => randn(6, 9, 5)),
        new("series_transformer_last", () => new SeriesTransformer(5, 3, 16, 4, 1, 32, mean: false), () => randn(6, 9, 5)),
        new("simple_lstm", () => new SimpleLstm(20, 6, 8, 2), () => randint(0, 20, [6, 9])),
        new("lstm_bidirectional", () => new SimpleLstm(20, 6, 8, 3, layers: 2, bidirectional: true), () => randint(0, 20, [6, 9])),
        new("elman_text", () => new ElmanText(20, 6, 8, 3, layers: 2, bidirectional: true, mean: true), () => randint(0, 20, [6, 9])),
        new("transformer_classifier", () => new TransformerClassifier(20, 12, 16, 4, 2, 32, 3), () => randint(0, 20, [6, 9])),
        new("vision_transformer", () => new VisionTransformer(8, 4, 3, 16, 4, 2, 32, 10), () => rand(4, 3, 8, 8)),
        new("decoder_transformer", () => new DecoderTransformer(20, 12, 16, 4, 2, 2, 24), () => randint(0, 20, [6, 9])),
        new("lstm_language_model", () => new LstmLanguageModel(20, 6, 8, 2), () => randint(0, 20, [6, 9])),
        new("seq2_seq_transformer", () => new Seq2SeqTransformer(20, 7, 6, 16, 4, 2, 32), () => randint(1, 20, [6, 12])),
    ];

    /// <summary>The rows of a theory over all families.</summary>
    public static TheoryData<string> Names => [.. All.Select(family => family.Name)];

    public static Family Of(string name) => All.Single(family => family.Name == name);

    /// <summary>The inputs as a point with a gradient: themselves, or the embedding of tokens; and the logits from there.</summary>
    public static (Tensor Point, Tensor Logits) Forward(nn.Module<Tensor, Tensor> network, Tensor inputs)
    {
        var point = network switch
        {
            IEmbedding text => text.Embed(inputs),
            _ => inputs.detach().requires_grad_(),
        };
        var logits = network switch
        {
            IEmbedding text => text.FromEmbedding(point, inputs),
            _ => network.call(point),
        };
        return (point, logits);
    }
}
