using Adamant.Models;
using TorchSharp.Modules;

namespace Adamant.Explaining;

/// <summary>A recurrent network, one step at a time: the same numbers as the fused layer gives, but every state is a node of the graph.</summary>
/// <remarks>Lives as long as the caller's scope.</remarks>
internal sealed class RecurrentPass
{
    private RecurrentPass(IReadOnlyList<RecurrentLayer> layers, Tensor logits) => (Layers, Logits) = (layers, logits);

    /// <summary>Each layer's steps, the first layer first, of a layer with two directions the forward one first.</summary>
    public IReadOnlyList<RecurrentLayer> Layers { get; }

    /// <summary>Shape <c>[N, classes]</c>.</summary>
    public Tensor Logits { get; }

    /// <summary>Whether a network has a recurrent layer.</summary>
    public static bool Fits(Network network) => network.children().Any(child => child is RNN or LSTM);

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
        IReadOnlyList<Tensor> inputs = steps.unbind(1);
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
        return new RecurrentPass(layers, head.call(last));
    }
}
