using Adamant.Data;
using Adamant.Models;

namespace Adamant.Explaining;

/// <summary>How a network of sequences comes to its answer about one of them. Parts that do not apply to its kind are absent.</summary>
public sealed record SequenceExplanation
{
    /// <summary>The longest sequence whose attention is kept: its numbers grow with the square.</summary>
    private const long MostAttention = 128;

    /// <summary>What each step is called: its token, or its number from 1.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>How much of the loss's gradient reaches each step.</summary>
    public required GradientFlow Gradients { get; init; }

    /// <summary>What is carried from step to step; null for a network that is not recurrent.</summary>
    public MemoryFlow? Memory { get; init; }

    /// <summary>The gates per layer and direction; empty for a network without.</summary>
    public IReadOnlyList<LstmGates> Gates { get; init; } = [];

    /// <summary>Who looks at whom; null for a network without attention, and for more than 128 steps.</summary>
    public AttentionMaps? Attention { get; init; }

    /// <summary>What each token adds to the answer; null where the steps are no tokens.</summary>
    public TokenSaliency? Saliency { get; init; }

    /// <summary>Whether a network reads sequences of a kind that can be explained.</summary>
    /// <param name="network">Any network.</param>
    public static bool Fits(Network network) => network is TextNetwork or SeriesNetwork;

    /// <summary>Explains the answer to one sequence.</summary>
    /// <param name="network">See <see cref="Fits"/>; in evaluation mode.</param>
    /// <param name="sample">One sequence without padding, and its label.</param>
    /// <param name="output">The class whose score is explained.</param>
    /// <param name="vocabulary">The tokens in the order of their numbers; null where the steps are no tokens.</param>
    /// <param name="cancellation">Stops between two explanations.</param>
    /// <exception cref="ArgumentException">Not one sequence, or a network of another kind.</exception>
    public static SequenceExplanation Of(
        Network network, Batch sample, int output, IReadOnlyList<string>? vocabulary = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(sample);
        var (inputs, length) = (sample.Inputs, sample.Inputs.shape[1]);
        var tokens = network is TextNetwork ? inputs.data<long>().ToArray() : null;
        var memory = RecurrentPass.Fits(network) ? MemoryFlow.Of(network, inputs, output) : null;
        cancellation.ThrowIfCancellationRequested();
        return new SequenceExplanation
        {
            Steps = [.. Enumerable.Range(0, (int)length).Select(t => tokens is null || vocabulary is null ? $"{t + 1}" : vocabulary[(int)tokens[t]])],
            Gradients = GradientFlow.Of(network, inputs, sample.Labels),
            Memory = memory,
            Gates = RecurrentPass.HasGates(network) ? LstmGates.Of(network, inputs) : [],
            Attention = network is IAttention attention && length <= MostAttention ? AttentionMaps.Of(attention, inputs) : null,
            Saliency = network is TextNetwork text ? TokenSaliency.Of(text, inputs, output, cancellation: cancellation) : null,
        };
    }
}
