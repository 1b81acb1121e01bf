namespace Adamant.Data;

/// <summary>How a table of text becomes series; the defaults take every column for a channel of one series.</summary>
public sealed record SeriesOptions
{
    /// <summary>The names of the columns of a file without a header; null for the file's own header, or "0", "1", ….</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The column that says to which unit a row belongs; null when the file is one series.</summary>
    public string? Unit { get; init; }

    /// <summary>The column of the time, in steps of equal length; null when rows simply follow each other. With it, gaps are found and refused.</summary>
    public string? Time { get; init; }

    /// <summary>The columns to keep, in this order; null for all but unit, time and those to ignore.</summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>Columns that are no channels.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];
}
