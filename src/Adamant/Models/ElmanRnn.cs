namespace Adamant.Models;

/// <summary>
/// Elman's recurrent network: a hidden state that each step mixes with the next input.
/// <code>hₜ = tanh(Wₓₕxₜ + Wₕₕhₜ₋₁ + bₕ),  yₜ = softmax(Wₕᵧhₜ + bᵧ)</code>
/// </summary>
/// <remarks>
/// Forgets: the gradient to early steps vanishes or explodes with the length; <see cref="SimpleLstm"/> has gates against that. Steps run one after
/// another, so that the cost grows with the length. Returned are logits; their softmax is yₜ. The bias bₕ is the sum of PyTorch's two.
/// Parameters: <c>rnn.weight_ih_l0</c>, <c>rnn.weight_hh_l0</c>, <c>rnn.bias_ih_l0</c>, <c>rnn.bias_hh_l0</c>, <c>fc.weight</c>, <c>fc.bias</c>;
/// <c>l1</c>… for the next layers, with <c>_reverse</c> at the end backwards.
/// Source: Elman, "Finding structure in time", Cognitive Science 14, 1990; the flaw: Bengio, Simard, Frasconi, IEEE Transactions on Neural Networks
/// 5, 1994.
/// </remarks>
public sealed class ElmanRnn : RecurrentSeries
{
    /// <summary>Builds the network with PyTorch's default initialization.</summary>
    /// <param name="features">Numbers per step, at least 1.</param>
    /// <param name="hidden">The size of the state of one direction, at least 1.</param>
    /// <param name="classes">The number of outputs per step: classes, or 1 in regression.</param>
    /// <param name="layers">The number of recurrent layers, each reading the states of the one before, default 1.</param>
    /// <param name="bidirectional">Whether each layer also reads from the end, default no.</param>
    /// <param name="dropout">The share of what the last layer reads, and of the states between layers, dropped in training, in [0, 1), default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1 or absurdly large, or the share is outside [0, 1).</exception>
    public ElmanRnn(int features, int hidden, int classes, int layers = 1, bool bidirectional = false, double dropout = 0)
        : base(nameof(ElmanRnn), "rnn", () => Recurrence.Elman(features, hidden, layers, bidirectional, dropout),
            features, hidden, classes, layers, bidirectional, dropout)
    {
    }
}
