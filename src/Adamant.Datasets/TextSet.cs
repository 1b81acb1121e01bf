using Adamant.Data;
using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>A named set of texts: its encoding is fitted to the training part, unless one is given.</summary>
public abstract class TextSet : INamedDataset
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract Availability Availability { get; }

    /// <summary>The input of a card that is known before any text is read: the largest vocabulary by default.</summary>
    private protected static InputSpec AnyTokens { get; } = InputSpec.Tokens(new TextEncodingOptions().MaxVocabulary);

    /// <inheritdoc/>
    /// <remarks>The real vocabulary depends on the encoding, and is smaller than this card's in most cases.</remarks>
    public abstract DatasetCard Card(DatasetPart part);

    /// <inheritdoc/>
    public IDataset Load(DatasetPart part) => Load(part, new TextOptions());

    /// <summary>Loads a part with an encoding of the caller's choice.</summary>
    /// <param name="part">Which part.</param>
    /// <param name="options">Its encoding, or how to fit one to the training part; where columns and classes are is known.</param>
    /// <exception cref="FileNotFoundException">The set is not available: says how to get it.</exception>
    /// <exception cref="InvalidDataException">Wrong hash, missing rows, or damaged texts: names the file.</exception>
    public TextDataset Load(DatasetPart part, TextOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (table, card) = (Read(part), Card(part));
        var encoding = options.Encoding ?? TextEncoding.Fit((part == DatasetPart.Train ? table : Read(DatasetPart.Train)).Rows.Select(r => r[0]), options.Fit);
        return Expected.Check(TextFile.Encode(table, new TextOptions { Encoding = encoding, ClassNames = card.ClassNames }), card);
    }

    /// <summary>Reads the texts and labels of a part as a table of the columns <c>text</c> and <c>label</c>.</summary>
    private protected abstract Table Read(DatasetPart part);

    /// <summary>Every fifth row (4, 9, 14, …) for the test, the others for training.</summary>
    private protected static Table Split(Table table, DatasetPart part) =>
        table.Select(Enumerable.Range(0, table.Rows.Count).Where(row => row % 5 == 4 == (part == DatasetPart.Test)));
}
