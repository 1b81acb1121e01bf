using Adamant.Models;
using Adamant.Victims;
using TorchSharp.Modules;

namespace Adamant.Explaining;

/// <summary>A recurrent network, one step at a time: the same numbers as the fused layer gives, but every state is a node of the graph.</summary>
/// <remarks>Lives as long as the caller's scope.</remarks>
internal sealed class RecurrentPass
{
    private const double Tolerance = 1e-4;                      // of Float32 over a long sequence

    private RecurrentPass(IReadOnlyList<RecurrentLayer> layers, Tensor logits) => (Layers, Logits) = (layers, logits);

    /// <summary>Each layer's steps, the first layer first, of a layer with two directions the forward one first.</summary>
    public IReadOnlyList<RecurrentLayer> Layers { get; }

    /// <summary>Shape <c>[N, classes]</c>.</summary>
    public Tensor Logits { get; }

    /// <summary>Whether a network has a recurrent layer.</summary>
    public static bool Fits(Network network) => network.children().Any(child => child is RNN or LSTM);

    /// <summary>Whether that is an LSTM.</summary>
    public static bool HasGates(Network network) => network.children().Any(child => child is LSTM);

    /// <summary>Reads sequences without padding.</summary>
    /// <param name="network">Of one recurrent layer or stack, and one linear layer on its last states.</param>
    /// <param name="steps">What the recurrent layer reads, shape <c>[N, T, features]</c>.</param>
    /// <exception cref="ArgumentException">The network is no such network.</exception>
    public static RecurrentPass Of(Network network, Tensor steps)
    {
        var (name, recurrent) = network.named_children().FirstOrDefault(c => c.module is RNN or LSTM);
        if (recurrent is null) throw new ArgumentException($"Expected a recurrent network, got {network.GetType().Name}. Choose an RNN or an LSTM.", nameof(network));
        var head = network.children().OfType<Linear>().Single();
        var weights = network.named_parameters().Where(p => p.name.StartsWith(name + ".", StringComparison.Ordinal))
            .ToDictionary(p => p.name[(name.Length + 1)..], p => (Tensor)p.parameter);

        List<RecurrentLayer> layers = [];
        IReadOnlyList<Tensor> inputs = (network is SeriesNetwork series ? series.Standardized(steps) : steps).unbind(1);
        Tensor last = inputs[^1];
        for (var layer = 0; weights.ContainsKey($"weight_ih_l{layer}"); layer++)
        {
            var forward = RecurrentLayer.Run(weights, $"l{layer}", recurrent is LSTM, inputs);
            layers.Add(forward);
            (var below, inputs, last) = (inputs, forward.Hidden, forward.Hidden[^1]);
            if (!weights.ContainsKey($"weight_ih_l{layer}_reverse")) continue;
            var backward = RecurrentLayer.Run(weights, $"l{layer}_reverse", recurrent is LSTM, below);
            layers.Add(backward);
            (inputs, last) = ([.. forward.Hidden.Zip(backward.Hidden, (f, b) => cat([f, b], 1))], cat([last, backward.Hidden[0]], 1));
        }
        var logits = head.call(network is RecurrentText { Mean: true } ? stack([.. inputs]).mean([0]) : last);
        if (network is SeriesNetwork { Standardization: { } units }) logits = (logits * units.TargetStd) + units.TargetMean;
        CheckEqual(network, steps, logits);
        return new RecurrentPass(layers, logits);
    }

    /// <summary>A network may do more with its states than is known here: then there is nothing to explain.</summary>
    private static void CheckEqual(Network network, Tensor steps, Tensor logits)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var mode = EvaluationMode.Of(network);
        var fused = SequenceSteps.Logits(network, steps, ones(steps.shape[0], steps.shape[1], ScalarType.Int64));
        if (fused.allclose(logits, rtol: Tolerance, atol: Tolerance)) return;
        throw new ArgumentException($"Expected a network whose answer is a linear layer on its recurrent states, got {network.GetType().Name}.", nameof(network));
    }
}
