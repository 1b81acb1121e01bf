namespace Adamant.Victims;

/// <summary>A network of tokens that shows its embeddings: the space in which the gradients of a text exist.</summary>
public interface IEmbedding
{
    /// <summary>One row for each token of the vocabulary, shape <c>[V, E]</c>, <c>Float32</c>: the network's own weights, not a copy.</summary>
    Tensor Table { get; }

    /// <summary>Looks the tokens up.</summary>
    /// <param name="tokens">Shape <c>[N, T]</c>, <c>Int64</c>, T at least 1; 0 is padding.</param>
    /// <returns>Shape <c>[N, T, E]</c>.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    Tensor Embed(Tensor tokens);

    /// <summary>Maps embedded texts to logits: what the network does after <see cref="Embed"/>.</summary>
    /// <param name="embedded">Shape <c>[N, T, E]</c>, <c>Float32</c>.</param>
    /// <param name="tokens">Shape <c>[N, T]</c>, <c>Int64</c>: only says where padding is.</param>
    /// <returns>Shape <c>[N, classes]</c>.</returns>
    /// <exception cref="ArgumentException">A shape is another.</exception>
    Tensor FromEmbedding(Tensor embedded, Tensor tokens);
}
