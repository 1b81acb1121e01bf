using Adamant.Texts;

namespace Adamant.Data;

/// <summary>Labeled texts in memory, tokenized once. A batch is as long as its longest text.</summary>
public sealed class TextDataset : ITextDataset
{
    private readonly IReadOnlyList<Token>[] tokens;
    private readonly Tensor labels;

    /// <summary>Tokenizes texts and keeps them.</summary>
    /// <param name="card">What the set is; its <see cref="DatasetCard.Encoding"/> says how texts become tokens.</param>
    /// <param name="texts">As many as the card has rows, each with at least one token.</param>
    /// <param name="labels">Shape <c>[N]</c>: <c>Int64</c> in [0, classes), or <c>Float32</c> in regression. Owned from here on.</param>
    /// <exception cref="InvalidDataException">Texts, labels and card do not fit together: says which row.</exception>
    public TextDataset(DatasetCard card, IReadOnlyList<string> texts, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(labels);
        Encoding = card.Encoding ?? throw new InvalidDataException($"{card.Name}: expected a card with an encoding of texts, got none.");
        if (texts.Count != card.Rows || labels.shape is not [var count] || count != card.Rows)
            throw new InvalidDataException($"{card.Name}: expected {card.Rows} rows, got {texts.Count} texts and labels of shape [{string.Join(", ", labels.shape)}].");
        (Card, Texts, tokens) = (card, texts, new IReadOnlyList<Token>[texts.Count]);
        for (var row = 0; row < tokens.Length; row++)
        {
            tokens[row] = Encoding.Tokenize(texts[row], out var cut);
            if (tokens[row].Count == 0) throw new InvalidDataException($"{card.Name}, row {row}: expected a text with at least one word, got an empty one. Remove the row.");
            if (cut) Cut++;
        }
        Lengths = [.. tokens.Select(t => t.Count)];
        this.labels = labels.DetachFromDisposeScope();
    }

    private TextDataset(DatasetCard card, TextDataset other) =>
        (Card, Encoding, Texts, Lengths, Cut, tokens, labels) = (card, other.Encoding, other.Texts, other.Lengths, other.Cut, other.tokens, other.labels);

    /// <inheritdoc/>
    public DatasetCard Card { get; }

    /// <inheritdoc/>
    public long Count => Card.Rows;

    /// <inheritdoc/>
    public IReadOnlyList<string> Texts { get; }

    /// <inheritdoc/>
    public TextEncoding Encoding { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Lengths { get; }

    /// <summary>How many texts are longer than <see cref="TextEncoding.MaxLength"/>: a model sees only their beginning.</summary>
    public int Cut { get; }

    /// <inheritdoc/>
    public Batch Read(Tensor indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        var rows = indices.data<long>().ToArray();
        var length = rows.Length == 0 ? 1 : rows.Max(r => tokens[r].Count);
        var ids = new long[rows.Length * length];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = tokens[rows[i]];
            for (var t = 0; t < row.Count; t++) ids[(i * length) + t] = row[t].Id;
        }
        return new Batch(tensor(ids, [rows.Length, length]), labels.index_select(0, indices));
    }

    /// <summary>The same texts under another description; this set must not be used any more.</summary>
    /// <param name="card">Of as many rows; its encoding and input become those of this set.</param>
    /// <exception cref="InvalidDataException">The card has other rows.</exception>
    public TextDataset Under(DatasetCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.Rows == Count
            ? new TextDataset(card with { Encoding = Encoding, Input = Encoding.Input }, this)
            : throw new InvalidDataException($"{card.Name}: expected {card.Rows} rows, got {Count}.");
    }

    /// <inheritdoc/>
    public void Dispose() => labels.Dispose();
}
