using Adamant.Victims;
using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// Text classifier: token embeddings, one long short-term memory layer, and a linear layer on its final state.
/// <code>
/// iₜ, fₜ, oₜ = σ(W xₜ + U hₜ₋₁ + b),  c̃ₜ = tanh(W xₜ + U hₜ₋₁ + b)
/// cₜ = fₜ ⊙ cₜ₋₁ + iₜ ⊙ c̃ₜ,  hₜ = oₜ ⊙ tanh(cₜ),  f(x) = V · dropout(h_T) + d
/// </code>
/// </summary>
/// <remarks>
/// Reads padding like any other token: pad in front, or group texts of equal length. Weak against swapped words, since each token moves the state
/// from there on. Steps run one after another. Parameters: <c>embedding.weight</c>, <c>lstm.weight_ih_l0</c>, <c>lstm.weight_hh_l0</c>,
/// <c>lstm.bias_ih_l0</c>, <c>lstm.bias_hh_l0</c>, <c>classifier.weight</c>, <c>classifier.bias</c>.
/// Source: Hochreiter, Schmidhuber, "Long short-term memory", Neural Computation 9, 1997; forget gate: Gers, Schmidhuber, Cummins, Neural Computation
/// 12, 2000.
/// </remarks>
public sealed class SimpleLstm : Network
{
    private readonly Embedding embedding;
    private readonly LSTM lstm;
    private readonly Linear classifier;
    private readonly Dropout dropout;

    /// <summary>Builds the network with PyTorch's default initialization.</summary>
    /// <param name="vocabulary">The number of different tokens, default 10,000.</param>
    /// <param name="embedding">Numbers per token, default 100.</param>
    /// <param name="hidden">The size of the state, default 128.</param>
    /// <param name="classes">The number of outputs, default 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small or absurdly large.</exception>
    public SimpleLstm(int vocabulary = 10000, int embedding = 100, int hidden = 128, int classes = 2) : base(nameof(SimpleLstm))
    {
        Vocabulary = Dimension.Check(vocabulary, min: 2);
        Embedding = Dimension.Check(embedding);
        Hidden = Dimension.Check(hidden);
        Classes = Dimension.Check(classes);

        Dimension.Reserve(vocabulary, embedding);
        Dimension.Reserve(4L * hidden, (long)embedding + hidden);
        Dimension.Reserve(hidden, classes);
        this.embedding = nn.Embedding(vocabulary, embedding);
        lstm = nn.LSTM(embedding, hidden, batchFirst: true);
        classifier = nn.Linear(hidden, classes);
        dropout = nn.Dropout(0.3);
        Register(("embedding", this.embedding), ("lstm", lstm), ("classifier", classifier), ("dropout", dropout));
    }

    /// <summary>The number of different tokens.</summary>
    public int Vocabulary { get; }

    /// <summary>Numbers per token.</summary>
    public int Embedding { get; }

    /// <summary>The size of the state.</summary>
    public int Hidden { get; }

    /// <summary>The number of outputs.</summary>
    public int Classes { get; }

    /// <inheritdoc/>
    public override InputSpec Input => InputSpec.Tokens(Vocabulary);

    /// <inheritdoc/>
    public override int Outputs => Classes;

    /// <summary>Maps texts to logits.</summary>
    /// <param name="inputs">Tokens of shape <c>[N, T]</c>, <c>Int64</c>, from 0 to <see cref="Vocabulary"/> − 1, T at least 1.</param>
    /// <returns>Shape <c>[N, classes]</c>.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public override Tensor forward(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return FromEmbedding(Embed(inputs)).MoveToOuterDisposeScope();
    }

    /// <summary>Looks the tokens up: the space in which gradients of a text exist.</summary>
    /// <param name="tokens">Shape <c>[N, T]</c>, <c>Int64</c>.</param>
    /// <returns>Shape <c>[N, T, embedding]</c>.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public Tensor Embed(Tensor tokens)
    {
        Sequence.Check(Input, tokens);
        return embedding.call(tokens);
    }

    /// <summary>Maps embedded texts to logits: the rest of <see cref="forward"/> after <see cref="Embed"/>.</summary>
    /// <param name="embedded">Shape <c>[N, T, embedding]</c>, <c>Float32</c>.</param>
    /// <returns>Shape <c>[N, classes]</c>.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public Tensor FromEmbedding(Tensor embedded)
    {
        Sequence.Check(new InputSpec([-1, Embedding]), embedded);
        using var scope = NewDisposeScope();
        var (_, states, _) = lstm.call(embedded, null);
        return classifier.call(dropout.call(states[-1])).MoveToOuterDisposeScope();
    }
}
