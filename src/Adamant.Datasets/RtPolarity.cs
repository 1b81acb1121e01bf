using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>Short snippets of movie reviews, negative or positive, read from the user's files.</summary>
/// <remarks>
/// 5,331 snippets of each class, in lower case, with spaces between words and signs. There is no official split: published numbers are means over ten folds, and row <c>i</c> of a class
/// is in fold <c>i mod 10</c> (from 0). A fold is the test, the other nine the training. Source: Pang, Lee, "Seeing stars", ACL 2005.
/// </remarks>
/// <param name="folder">Holds <c>rt-polarity</c>; null for nowhere.</param>
public sealed class RtPolarity(string? folder = null) : TextSet
{
    private const int Folds = 10, RowsPerClass = 5331;
    private readonly UserFolder files = new(folder, "rt-polarity", "rt-polarity.neg", "rt-polarity.pos");

    /// <summary>The fold that is the test, 0 to 9; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of that range.</exception>
    public int Fold
    {
        get;
        init => field = value is >= 0 and < Folds ? value : throw new ArgumentOutOfRangeException(nameof(value), $"Expected a fold of 0 to {Folds - 1}, got {value}.");
    }

    /// <inheritdoc/>
    public override string Name => "rt-polarity";

    /// <inheritdoc/>
    public override Availability Availability => files.Availability;

    /// <inheritdoc/>
    public override DatasetCard Card(DatasetPart part)
    {
        var test = 2 * ((RowsPerClass - Fold + Folds - 1) / Folds);
        return new DatasetCard
        {
            Name = Name,
            Description = $"Snippets of movie reviews: does the critic like it? Fold {Fold} of {Folds} is the test.",
            Input = AnyTokens,
            Rows = part == DatasetPart.Test ? test : (2 * RowsPerClass) - test,
            ClassNames = ["neg", "pos"],
            License = "CC BY 4.0 (as listed by NLTK; the authors state none)",
            Source = "Pang, Lee, Seeing stars, ACL 2005: sentence polarity data set v1.0",
            Sha256 = "002ca4dc882c9076ebb170e6707c455eef28673d0c35005f27646d3081aad1fa",
        };
    }

    private protected override Table Read(DatasetPart part)
    {
        var table = TextFile.ReadTable(files.PathOf("rt-polarity.neg"));
        return table.Select(Enumerable.Range(0, table.Rows.Count).Where(row => (table.Lines[row] - 1) % Folds == Fold == (part == DatasetPart.Test)));
    }
}
