using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Models;

/// <summary>What all networks of tokens share: an embedding, and logits from there.</summary>
public abstract class TextNetwork : Network, IEmbedding
{
    /// <summary>Names the module after its type.</summary>
    private protected TextNetwork(string name) : base(name)
    {
    }

    /// <inheritdoc/>
    public abstract Tensor Table { get; }

    /// <summary>The most tokens of one text that the network reads; no limit unless it says so.</summary>
    public virtual int LongestText => int.MaxValue;

    /// <inheritdoc/>
    public abstract Tensor Embed(Tensor tokens);

    /// <inheritdoc/>
    public abstract Tensor FromEmbedding(Tensor embedded, Tensor tokens);

    /// <summary>Maps texts to logits.</summary>
    /// <param name="inputs">Tokens of shape <c>[N, T]</c>, <c>Int64</c>, T at least 1; 0 is padding.</param>
    /// <returns>Shape <c>[N, classes]</c>.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public sealed override Tensor forward(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return FromEmbedding(Embed(inputs), inputs).MoveToOuterDisposeScope();
    }

    /// <summary>The network behind its tokenizer.</summary>
    /// <param name="encoding">The one that it was trained with.</param>
    public TextVictim AsTextVictim(TextEncoding encoding) => new(this, encoding);
}
