using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Data;

/// <summary>One long text as windows of equal length, each with the tokens that follow its tokens: what a language model learns from.</summary>
/// <remarks>Windows follow each other without overlap, so that held-out windows hold no token that was trained on.</remarks>
public sealed class TokenWindows : IDataset
{
    private readonly Tensor tokens;
    private readonly int length;

    /// <summary>Cuts tokens into windows.</summary>
    /// <param name="card">What the text is; its encoding must be given, its input, rows and task are set here.</param>
    /// <param name="tokens">Shape <c>[L]</c>, <c>Int64</c>, L above <paramref name="length"/>. Owned from here on.</param>
    /// <param name="length">Tokens per window, at least 1.</param>
    /// <exception cref="InvalidDataException">The text is too short for a single window, or a token is not in the vocabulary.</exception>
    public TokenWindows(DatasetCard card, Tensor tokens, int length)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        var encoding = card.Encoding ?? throw new InvalidDataException($"{card.Name}: expected a card with an encoding of texts, got none.");
        if (tokens.dim() != 1 || tokens.shape[0] <= length)
            throw new InvalidDataException($"{card.Name}: expected a text of more than {length} tokens, got {tokens.numel()}. Choose shorter windows.");
        var (low, high) = (tokens.min().item<long>(), tokens.max().item<long>());
        if (low < 0 || high >= encoding.Vocabulary.Count) throw new InvalidDataException($"{card.Name}: expected tokens in 0..{encoding.Vocabulary.Count - 1}, got {low} to {high}.");
        (this.tokens, this.length) = (tokens.DetachFromDisposeScope(), length);
        Card = card with
        {
            Input = InputSpec.Tokens(encoding.Vocabulary.Count),
            Rows = (tokens.shape[0] - 1) / length,
            Task = LearningTask.NextToken,
            Encoding = encoding with { MaxLength = length },
        };
    }

    /// <summary>Encodes a text and cuts it into windows.</summary>
    /// <param name="card">What the text is; its encoding must be given, its input, rows and task are set here.</param>
    /// <param name="text">All of it is read, however long.</param>
    /// <param name="length">Tokens per window, at least 1.</param>
    /// <exception cref="InvalidDataException">The text is too short for a single window.</exception>
    public static TokenWindows Of(DatasetCard card, string text, int length)
    {
        ArgumentNullException.ThrowIfNull(card);
        var encoding = card.Encoding ?? throw new InvalidDataException($"{card.Name}: expected a card with an encoding of texts, got none.");
        var tokens = (encoding with { MaxLength = TextEncoding.Limit }).Tokenize(text);
        return new TokenWindows(card, tensor([.. tokens.Select(t => (long)t.Id)]), length);
    }

    /// <inheritdoc/>
    public DatasetCard Card { get; }

    /// <inheritdoc/>
    public long Count => Card.Rows;

    /// <inheritdoc/>
    public Batch Read(Tensor indices)
    {
        using var scope = NewDisposeScope();
        var rows = tokens.unfold(0, length + 1, length).index_select(0, indices);
        return new Batch(rows.narrow(1, 0, length).MoveToOuterDisposeScope(), rows.narrow(1, 1, length).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose() => tokens.Dispose();
}
