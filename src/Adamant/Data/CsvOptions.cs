namespace Adamant.Data;

/// <summary>How a table in a text file is to be understood; the defaults look at the file.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands between two cells; null to tell it from the first lines: comma, semicolon, tab or bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>How many rows to pass over before the table begins: titles, counts. At least 0.</summary>
    public int Skip { get; init; }

    /// <summary>Whether the first row names the columns; null for yes when none of its cells is a number. Without names they are "0", "1", ….</summary>
    public bool? Header { get; init; }

    /// <summary>The name of the column to predict; null for the last one.</summary>
    public string? Label { get; init; }

    /// <summary>Names of columns that are no features: customer numbers, time stamps.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>
    /// The classes in the order of their numbers; a cell holds a name or a number from 0. Null for the label column's different values in order:
    /// numeric when all are numbers, ordinal otherwise.
    /// </summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Whether the label is a class or a real number.</summary>
    public LearningTask Task { get; init; }

    /// <summary>What becomes of missing values.</summary>
    public MissingValues Missing { get; init; }

    /// <summary>
    /// The encoding that was fitted to another file, e.g. to the training part, so that this file gets the same features in the same order; null to fit
    /// one to this file. <see cref="Label"/>, <see cref="Ignore"/>, <see cref="Classes"/>, <see cref="Task"/> and <see cref="Missing"/> are then the encoding's.
    /// </summary>
    public TableEncoding? Encoding { get; init; }
}
