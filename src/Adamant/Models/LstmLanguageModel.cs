using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// Language model: token embeddings, layers of long short-term memory, and a linear layer on the state after each token.
/// <code>hₜ, cₜ = LSTM(token(sₜ), hₜ₋₁, cₜ₋₁),  f(s)ₜ = V · dropout(hₜ) + d</code>
/// </summary>
/// <remarks>
/// Reads texts of any length with a memory of constant size, one token after the other: slower to train than <see cref="DecoderTransformer"/>, and what
/// it has forgotten it cannot look up. Parameters: <c>token.weight</c>, those of PyTorch's <c>lstm</c>, <c>classifier.weight</c>, <c>classifier.bias</c>.
/// Source: Sundermeyer, Schlüter, Ney, "LSTM neural networks for language modeling", Interspeech 2012; see also <see cref="SimpleLstm"/>.
/// </remarks>
public sealed class LstmLanguageModel : LanguageNetwork
{
    private readonly Embedding token;
    private readonly LSTM lstm;
    private readonly Linear classifier;
    private readonly Dropout dropout;

    /// <summary>Builds the network with PyTorch's default initialization.</summary>
    /// <param name="vocabulary">The number of different tokens, at least 2.</param>
    /// <param name="embedding">Numbers per token, default 64.</param>
    /// <param name="hidden">The size of the state of each layer, default 256.</param>
    /// <param name="layers">The number of layers, default 1.</param>
    /// <param name="dropout">The share of each layer's outputs that training leaves out, in [0, 1), default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small or absurdly large.</exception>
    public LstmLanguageModel(int vocabulary, int embedding = 64, int hidden = 256, int layers = 1, double dropout = 0) : base(nameof(LstmLanguageModel))
    {
        Vocabulary = Dimension.Check(vocabulary, min: 2);
        Embedding = Dimension.Check(embedding);
        Hidden = Dimension.Check(hidden);
        Layers = Dimension.Check(layers, max: Dimension.MostLayers);
        Dropout = Dimension.CheckShare(dropout);

        Dimension.Reserve(vocabulary, (long)embedding + hidden);
        token = nn.Embedding(vocabulary, embedding);
        lstm = Recurrence.Lstm(embedding, hidden, layers, bidirectional: false, dropout);
        classifier = nn.Linear(hidden, vocabulary);
        this.dropout = nn.Dropout(dropout);
        Register(("token", token), ("lstm", lstm), ("classifier", classifier), ("dropout", this.dropout));
    }

    /// <inheritdoc/>
    public override int Vocabulary { get; }

    /// <summary>Numbers per token.</summary>
    public int Embedding { get; }

    /// <summary>The size of the state of each layer.</summary>
    public int Hidden { get; }

    /// <summary>The number of layers.</summary>
    public int Layers { get; }

    /// <summary>The share that training leaves out.</summary>
    public double Dropout { get; }

    private protected override Embedding Lookup => token;

    private protected override Tensor Read(Tensor embedded, LanguageMemory? memory)
    {
        using var scope = NewDisposeScope();
        var (outputs, h, c) = memory?["h"] is { } before ? lstm.call(embedded, (before, memory["c"]!)) : lstm.call(embedded, null);
        memory?.Keep("h", h);
        memory?.Keep("c", c);
        return classifier.call(dropout.call(outputs)).MoveToOuterDisposeScope();
    }
}
