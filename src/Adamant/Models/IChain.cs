namespace Adamant.Models;

/// <summary>A network whose answer is its layers, one after the other: what a proof about it walks along.</summary>
/// <remarks>The network computes by this very list, so that no proof can be about another one.</remarks>
public interface IChain
{
    /// <summary>All that happens to an input, activations and reshaping included, in order. Not owned by whoever asks.</summary>
    IReadOnlyList<nn.Module<Tensor, Tensor>> Layers { get; }
}
