namespace Adamant.Models;

/// <summary>
/// Text classifier: token embeddings, long short-term memory layers, and a linear layer on the final state.
/// <code>
/// iₜ, fₜ, oₜ = σ(W xₜ + U hₜ₋₁ + b),  c̃ₜ = tanh(W xₜ + U hₜ₋₁ + b)
/// cₜ = fₜ ⊙ cₜ₋₁ + iₜ ⊙ c̃ₜ,  hₜ = oₜ ⊙ tanh(cₜ),  f(x) = V · dropout(h_T) + d
/// </code>
/// </summary>
/// <remarks>
/// T is the last token that is not padding. Weak against swapped words, since each token moves the state from there on. Steps run one after another;
/// texts of different lengths in one batch cost up to twice the time when they are read in both directions. Parameters: <c>embedding.weight</c>,
/// <c>lstm.weight_ih_l0</c>, <c>lstm.weight_hh_l0</c>, <c>lstm.bias_ih_l0</c>, <c>lstm.bias_hh_l0</c> (<c>l1</c>… for the next layers, with
/// <c>_reverse</c> at the end backwards), <c>classifier.weight</c>, <c>classifier.bias</c>.
/// Source: Hochreiter, Schmidhuber, "Long short-term memory", Neural Computation 9, 1997; forget gate: Gers, Schmidhuber, Cummins, Neural Computation
/// 12, 2000; both directions: Schuster, Paliwal, "Bidirectional recurrent neural networks", IEEE Transactions on Signal Processing 45, 1997.
/// </remarks>
public sealed class SimpleLstm : RecurrentText
{
    /// <summary>Builds the network with PyTorch's default initialization.</summary>
    /// <param name="vocabulary">The number of different tokens, padding included, at least 2, default 10,000.</param>
    /// <param name="embedding">Numbers per token, default 100.</param>
    /// <param name="hidden">The size of the state of one direction, default 128.</param>
    /// <param name="classes">The number of outputs, default 2.</param>
    /// <param name="layers">The number of recurrent layers, each reading the states of the one before, default 1.</param>
    /// <param name="bidirectional">Whether each layer also reads from the end, default no.</param>
    /// <param name="dropout">The share of what the classifier reads, and of the states between layers, dropped in training, in [0, 1), default 0.3.</param>
    /// <param name="inputDropout">The share of the embedded numbers dropped in training, in [0, 1), default 0.</param>
    /// <param name="mean">Whether the classifier reads the mean of all states, not the last, default no; better on most texts.</param>
    /// <param name="embeddingScale">
    /// The deviation of the embeddings before training, in (0, 1], default 1 as in PyTorch; 0.1 learns far better from few texts.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small or absurdly large, or a share or scale is outside its range.</exception>
    public SimpleLstm(
        int vocabulary = 10000, int embedding = 100, int hidden = 128, int classes = 2, int layers = 1, bool bidirectional = false,
        double dropout = 0.3, double inputDropout = 0, bool mean = false, double embeddingScale = 1)
        : base(nameof(SimpleLstm), "lstm", () => Recurrence.Lstm(embedding, hidden, layers, bidirectional, dropout),
            vocabulary, embedding, hidden, classes, layers, bidirectional, dropout, inputDropout, mean, embeddingScale)
    {
    }
}
