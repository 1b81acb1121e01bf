using Adamant.Models;
using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Data;

/// <summary>Pairs of texts, the second made from the first: what <see cref="Seq2SeqTransformer"/> learns from.</summary>
/// <remarks>
/// A sample is the source, padded to the longest source, then begin and target, padded to the longest target; its labels are the target and its end. The
/// vocabulary has begin and end behind padding and unknown.
/// </remarks>
public sealed class TextPairs : IDataset
{
    private readonly Tensor inputs, labels;

    /// <summary>Encodes pairs and keeps them.</summary>
    /// <param name="card">What the set is; its encoding must be given, its input, rows and task are set here.</param>
    /// <param name="pairs">At least one.</param>
    /// <param name="sourceLength">The longest source in tokens.</param>
    /// <param name="targetLength">The longest target in tokens, the end included.</param>
    /// <exception cref="InvalidDataException">A text is empty or too long: says which row.</exception>
    public TextPairs(DatasetCard card, IReadOnlyList<(string Source, string Target)> pairs, int sourceLength, int targetLength)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(pairs);
        Encoding = card.Encoding ?? throw new InvalidDataException($"{card.Name}: expected a card with an encoding of texts, got none.");
        (Pairs, SourceLength) = (pairs, sourceLength);
        Card = card with { Input = InputSpec.Tokens(Encoding.Vocabulary.Count), Rows = pairs.Count, Task = LearningTask.NextToken };

        var width = sourceLength + targetLength;
        var (x, y) = (new long[pairs.Count * width], new long[pairs.Count * targetLength]);
        Array.Fill(y, Batch.NoLabel);
        for (var row = 0; row < pairs.Count; row++)
        {
            var source = Tokens(row, pairs[row].Source, sourceLength);
            var target = Tokens(row, pairs[row].Target, targetLength - 1);
            source.CopyTo(x, row * width);
            x[(row * width) + sourceLength] = Seq2SeqTransformer.Begin;
            target.CopyTo(x, (row * width) + sourceLength + 1);
            target.CopyTo(y, row * targetLength);
            y[(row * targetLength) + target.Length] = Seq2SeqTransformer.End;
        }
        inputs = tensor(x, [pairs.Count, width]).DetachFromDisposeScope();
        labels = tensor(y, [pairs.Count, targetLength]).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public DatasetCard Card { get; }

    /// <inheritdoc/>
    public long Count => Card.Rows;

    /// <summary>The texts in the order of the rows.</summary>
    public IReadOnlyList<(string Source, string Target)> Pairs { get; }

    /// <summary>How the texts become tokens.</summary>
    public TextEncoding Encoding { get; }

    /// <summary>The tokens of every source, padding included.</summary>
    public int SourceLength { get; }

    /// <summary>An encoding of single characters that has begin and end, as these pairs need it.</summary>
    /// <param name="characters">All that occur; each once.</param>
    public static TextEncoding Characters(string characters) => new()
    {
        Splitting = Splitting.Characters,
        Vocabulary = ["<pad>", "<unk>", "<s>", "</s>", .. characters.Select(c => $"{c}")],
        Lowercase = false,
    };

    /// <inheritdoc/>
    public Batch Read(Tensor indices) => new(inputs.index_select(0, indices), labels.index_select(0, indices));

    /// <inheritdoc/>
    public void Dispose()
    {
        inputs.Dispose();
        labels.Dispose();
    }

    private long[] Tokens(int row, string text, int longest)
    {
        long[] tokens = [.. Encoding.Tokenize(text).Select(t => (long)t.Id)];
        if (tokens.Length >= 1 && tokens.Length <= longest) return tokens;
        throw new InvalidDataException($"{Card.Name}, row {row}: expected a text of 1 to {longest} tokens, got {tokens.Length}. Remove the row, or allow longer texts.");
    }
}
