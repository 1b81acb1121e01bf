namespace Adamant.Models;

/// <summary>
/// Text classifier with Elman's recurrent layers: token embeddings, a state that each token changes, and a linear layer on the final state.
/// <code>hₜ = tanh(W xₜ + U hₜ₋₁ + b),  f(x) = V · dropout(h_T) + d</code>
/// </summary>
/// <remarks>
/// T is the last token that is not padding. Forgets the beginning of a long text, as <see cref="ElmanRnn"/> does; <see cref="SimpleLstm"/> has gates
/// against that, at four times the cost. Parameters: <c>embedding.weight</c>, <c>rnn.weight_ih_l0</c>, <c>rnn.weight_hh_l0</c>, <c>rnn.bias_ih_l0</c>,
/// <c>rnn.bias_hh_l0</c> (<c>l1</c>… for the next layers, with <c>_reverse</c> at the end backwards), <c>classifier.weight</c>, <c>classifier.bias</c>.
/// Source: Elman, "Finding structure in time", Cognitive Science 14, 1990; both directions: Schuster, Paliwal, IEEE Transactions on Signal Processing
/// 45, 1997.
/// </remarks>
public sealed class ElmanText : RecurrentText
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
    public ElmanText(
        int vocabulary = 10000, int embedding = 100, int hidden = 128, int classes = 2, int layers = 1, bool bidirectional = false,
        double dropout = 0.3, double inputDropout = 0, bool mean = false, double embeddingScale = 1)
        : base(nameof(ElmanText), "rnn", () => Recurrence.Elman(embedding, hidden, layers, bidirectional, dropout),
            vocabulary, embedding, hidden, classes, layers, bidirectional, dropout, inputDropout, mean, embeddingScale)
    {
    }
}
