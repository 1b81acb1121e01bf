using Adamant.Models;

namespace Adamant.Explaining;

/// <summary>The space in which the gradients of a sequence exist: its own numbers, or the embeddings of its tokens.</summary>
internal static class SequenceSteps
{
    /// <summary>What the network's first layer of sequences reads.</summary>
    /// <returns>Shape <c>[N, T, features]</c>, apart from the graph.</returns>
    public static Tensor Of(Network network, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var steps = network is TextNetwork text ? text.Embed(inputs) : inputs;
        if (steps.dim() != 3)
            throw new ArgumentException($"Expected a network of sequences, got {network.GetType().Name}. Choose an RNN, an LSTM or a Transformer of tokens.", nameof(network));
        return steps.detach().clone().MoveToOuterDisposeScope();
    }

    /// <summary>The same for one sequence.</summary>
    /// <exception cref="ArgumentException">Not one sequence.</exception>
    public static Tensor One(Network network, Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.dim() == 0 || inputs.shape[0] != 1)
            throw new ArgumentException($"Expected one sequence, shape [1, …], got [{string.Join(", ", inputs.shape)}].", nameof(inputs));
        return Of(network, inputs);
    }

    /// <summary>The logits from there.</summary>
    /// <param name="network">The same network.</param>
    /// <param name="steps">Shape <c>[N, T, features]</c>.</param>
    /// <param name="inputs">What the network was given: says where padding is.</param>
    public static Tensor Logits(Network network, Tensor steps, Tensor inputs) =>
        network is TextNetwork text ? text.FromEmbedding(steps, inputs) : network.call(steps);
}
