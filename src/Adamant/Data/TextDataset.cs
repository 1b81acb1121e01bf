using Adamant.Texts;

namespace Adamant.Data;

/// <summary>Labeled texts in memory, tokenized once. A batch is as long as its longest text.</summary>
public sealed class TextDataset : IDataset
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
        (Card, Texts, tokens) = (card, texts, [.. texts.Select(Encoding.Tokenize)]);
        if (Array.FindIndex(tokens, t => t.Count == 0) is >= 0 and var row)
            throw new InvalidDataException($"{card.Name}, row {row}: expected a text with at least one word, got an empty one. Remove the row.");
        this.labels = labels.DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public DatasetCard Card { get; }

    /// <inheritdoc/>
    public long Count => Card.Rows;

    /// <summary>The texts in the order of the rows.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>How the texts become tokens.</summary>
    public TextEncoding Encoding { get; }

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

    /// <inheritdoc/>
    public void Dispose() => labels.Dispose();
}
