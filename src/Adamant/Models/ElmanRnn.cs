using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// Elman's recurrent network: a hidden state that each step mixes with the next input.
/// <code>hₜ = tanh(Wₓₕxₜ + Wₕₕhₜ₋₁ + bₕ),  yₜ = softmax(Wₕᵧhₜ + bᵧ)</code>
/// </summary>
/// <remarks>
/// Forgets: the gradient to early steps vanishes or explodes with the length; <see cref="SimpleLstm"/> has gates against that. Steps run one after
/// another, so that the cost grows with the length. Returned are logits; their softmax is yₜ. The bias bₕ is the sum of PyTorch's two.
/// Parameters: <c>rnn.weight_ih_l0</c>, <c>rnn.weight_hh_l0</c>, <c>rnn.bias_ih_l0</c>, <c>rnn.bias_hh_l0</c>, <c>fc.weight</c>, <c>fc.bias</c>.
/// Source: Elman, "Finding structure in time", Cognitive Science 14, 1990; the flaw: Bengio, Simard, Frasconi, IEEE Transactions on Neural Networks
/// 5, 1994.
/// </remarks>
public sealed class ElmanRnn : SeriesNetwork
{
    private readonly RNN rnn;
    private readonly Linear fc;

    /// <summary>Builds the network with PyTorch's default initialization.</summary>
    /// <param name="features">Numbers per step, at least 1.</param>
    /// <param name="hidden">The size of the state, at least 1.</param>
    /// <param name="classes">The number of outputs per step, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1 or absurdly large.</exception>
    public ElmanRnn(int features, int hidden, int classes) : base(nameof(ElmanRnn), features, classes)
    {
        Hidden = Dimension.Check(hidden);

        Dimension.Reserve(hidden, (long)features + hidden + classes);
        rnn = nn.RNN(features, hidden, nonLinearity: nn.NonLinearities.Tanh, batchFirst: true);
        fc = nn.Linear(hidden, classes);
        Register(("rnn", rnn), ("fc", fc));
    }

    /// <summary>The size of the state.</summary>
    public int Hidden { get; }

    /// <summary>Maps series to the logits of every step.</summary>
    /// <param name="inputs">Shape <c>[N, T, features]</c>, <c>Float32</c>, T at least 1.</param>
    /// <returns>Shape <c>[N, T, classes]</c>; the last step is what <see cref="SeriesNetwork.forward"/> returns.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public Tensor AllSteps(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return InUnits(fc.call(States(Standardized(inputs)))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    private protected override Tensor Answer(Tensor standardized) => fc.call(States(standardized).select(1, -1));

    private Tensor States(Tensor standardized) => rnn.call(standardized, null).Item1;
}
