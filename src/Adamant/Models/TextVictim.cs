using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Models;

/// <summary>A network of tokens behind its tokenizer, as a victim: white box. Always in evaluation mode while it answers.</summary>
/// <param name="network">Whoever made it disposes of it.</param>
/// <param name="encoding">The tokenizer that the network was trained with.</param>
public sealed class TextVictim(TextNetwork network, TextEncoding encoding) : ITextDifferentiable
{
    /// <summary>The most texts that go through the network at once.</summary>
    private const int MicroBatch = 256;

    /// <inheritdoc/>
    public TextEncoding Encoding { get; } = encoding;

    /// <inheritdoc/>
    public Tensor Table => network.Table;

    /// <inheritdoc/>
    public Tensor Logits(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var mode = EvaluationMode.Of(network);
        if (texts.Count <= MicroBatch) return network.call(Encoding.Encode(texts)).MoveToOuterDisposeScope();
        return cat([.. texts.Chunk(MicroBatch).Select(part => network.call(Encoding.Encode(part)))]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Predict(IReadOnlyList<string> texts)
    {
        using var scope = NewDisposeScope();
        return Logits(texts).argmax(1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Embed(Tensor tokens)
    {
        using var mode = EvaluationMode.Of(network);
        return network.Embed(tokens);
    }

    /// <inheritdoc/>
    public Tensor FromEmbedding(Tensor embedded, Tensor tokens)
    {
        using var mode = EvaluationMode.Of(network);
        return network.FromEmbedding(embedded, tokens);
    }

    /// <summary>Does nothing: whoever made the network disposes of it.</summary>
    public void Dispose()
    {
    }
}
