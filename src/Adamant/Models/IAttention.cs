namespace Adamant.Models;

/// <summary>A network whose positions look at each other, and that shows who looked at whom.</summary>
public interface IAttention
{
    /// <summary>The logits, and the attention weights of every block that led to them; both are part of one graph.</summary>
    /// <param name="inputs">What the network takes.</param>
    /// <returns>Logits <c>[N, classes]</c>, and for each block weights <c>[N, heads, T, T]</c> whose rows (of a query, over the keys) sum to 1.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    (Tensor Logits, IReadOnlyList<Tensor> Weights) Attend(Tensor inputs);
}
