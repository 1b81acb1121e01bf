namespace Adamant.Models;

/// <summary>
/// Long short-term memory layers over a series, and a linear layer on the final state.
/// <code>
/// iₜ, fₜ, oₜ = σ(W xₜ + U hₜ₋₁ + b),  c̃ₜ = tanh(W xₜ + U hₜ₋₁ + b)
/// cₜ = fₜ ⊙ cₜ₋₁ + iₜ ⊙ c̃ₜ,  hₜ = oₜ ⊙ tanh(cₜ),  f(x) = V · dropout(h_T) + d
/// </code>
/// </summary>
/// <remarks>
/// Steps run one after another, so that the cost grows with the length. Parameters: <c>lstm.weight_ih_l0</c>, <c>lstm.weight_hh_l0</c>,
/// <c>lstm.bias_ih_l0</c>, <c>lstm.bias_hh_l0</c> (<c>l1</c>… for the next layers, with <c>_reverse</c> at the end backwards), <c>fc.weight</c>,
/// <c>fc.bias</c>.
/// Source: Hochreiter, Schmidhuber, "Long short-term memory", Neural Computation 9, 1997; remaining useful life with it: Zheng et al., "Long
/// short-term memory network for remaining useful life estimation", ICPHM 2017.
/// </remarks>
public sealed class SeriesLstm : RecurrentSeries
{
    /// <summary>Builds the network with PyTorch's default initialization.</summary>
    /// <param name="features">Numbers per step, at least 1.</param>
    /// <param name="hidden">The size of the state of one direction, default 64.</param>
    /// <param name="classes">The number of outputs: classes, default 2, or 1 in regression.</param>
    /// <param name="layers">The number of recurrent layers, each reading the states of the one before, default 1.</param>
    /// <param name="bidirectional">Whether each layer also reads from the end, default no.</param>
    /// <param name="dropout">The share of what the last layer reads, and of the states between layers, dropped in training, in [0, 1), default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1 or absurdly large, or the share is outside [0, 1).</exception>
    public SeriesLstm(int features, int hidden = 64, int classes = 2, int layers = 1, bool bidirectional = false, double dropout = 0)
        : base(nameof(SeriesLstm), "lstm", () => Recurrence.Lstm(features, hidden, layers, bidirectional, dropout),
            features, hidden, classes, layers, bidirectional, dropout)
    {
    }
}
