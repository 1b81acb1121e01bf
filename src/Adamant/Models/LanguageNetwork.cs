using Adamant.Victims;
using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>What all networks share that guess the next token of a text: logits at every position, which know nothing of what comes after it.</summary>
public abstract class LanguageNetwork : Network, IEmbedding
{
    /// <summary>Names the module after its type.</summary>
    private protected LanguageNetwork(string name) : base(name)
    {
    }

    /// <summary>The number of different tokens.</summary>
    public abstract int Vocabulary { get; }

    /// <summary>The most tokens that the network reads as one text; <see cref="int.MaxValue"/> for no limit.</summary>
    public virtual int MaxLength => int.MaxValue;

    /// <inheritdoc/>
    public sealed override InputSpec Input => InputSpec.Tokens(Vocabulary);

    /// <summary>One logit for each token of the vocabulary, at each position.</summary>
    public sealed override int Outputs => Vocabulary;

    /// <inheritdoc/>
    public sealed override bool PredictsTokens => true;

    /// <inheritdoc/>
    public Tensor Table => Lookup.weight!;

    /// <summary>The layer that looks the tokens up.</summary>
    private protected abstract Embedding Lookup { get; }

    /// <inheritdoc/>
    public Tensor Embed(Tensor tokens)
    {
        Sequence.Check(Input, tokens, MaxLength);
        return Lookup.call(tokens);
    }

    /// <inheritdoc/>
    /// <returns>Shape <c>[N, T, vocabulary]</c>.</returns>
    public Tensor FromEmbedding(Tensor embedded, Tensor tokens)
    {
        Sequence.Check(new InputSpec([-1, Table.shape[1]]), embedded, MaxLength);
        return Read(embedded, null);
    }

    /// <summary>Maps texts to the logits of each next token.</summary>
    /// <param name="inputs">Tokens of shape <c>[N, T]</c>, <c>Int64</c>, T at least 1.</param>
    /// <returns>Shape <c>[N, T, vocabulary]</c>: at t of the token at t + 1, from the tokens up to t.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public sealed override Tensor forward(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return FromEmbedding(Embed(inputs), inputs).MoveToOuterDisposeScope();
    }

    /// <summary>Reads on where <paramref name="memory"/> ends: the same logits as those of the whole text, at the cost of the new tokens. Without gradients.</summary>
    /// <param name="tokens">The tokens that follow, shape <c>[N, T]</c>, <c>Int64</c>, T at least 1.</param>
    /// <param name="memory">What the network read before; it is extended.</param>
    /// <returns>The logits at the new positions, shape <c>[N, T, vocabulary]</c>.</returns>
    /// <exception cref="ArgumentException">The shape is another, or the text becomes longer than <see cref="MaxLength"/>.</exception>
    public Tensor Continue(Tensor tokens, LanguageMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Sequence.Check(Input, tokens, MaxLength - memory.Length);
        var logits = Read(Lookup.call(tokens), memory);
        memory.Length += tokens.shape[1];
        return logits.MoveToOuterDisposeScope();
    }

    /// <summary>Embedded tokens to logits, after what <paramref name="memory"/> holds: adds to it, but does not count.</summary>
    private protected abstract Tensor Read(Tensor embedded, LanguageMemory? memory);
}
