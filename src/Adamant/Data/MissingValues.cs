namespace Adamant.Data;

/// <summary>What becomes of cells that are empty or hold <c>NA</c> or <c>NaN</c>.</summary>
public enum MissingValues
{
    /// <summary>The file is refused, with row and column.</summary>
    Refuse,

    /// <summary>
    /// A number becomes the median of its column, and the column gets a second feature <c>column is missing</c> that is 1 there; a category becomes the
    /// value <c>missing</c> of its own. A missing label is refused all the same.
    /// </summary>
    Impute,
}
