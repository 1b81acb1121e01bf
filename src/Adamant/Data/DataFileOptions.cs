namespace Adamant.Data;

/// <summary>What a file cannot say about itself.</summary>
public sealed record DataFileOptions
{
    /// <summary>How a table is to be understood.</summary>
    public CsvOptions Csv { get; init; } = new();

    /// <summary>How texts are to be read; null where a file's ending says whether it holds texts.</summary>
    public TextOptions? Text { get; init; }

    /// <summary>Which part, where a file or folder has both; ignored elsewhere.</summary>
    public DatasetPart Part { get; init; }

    /// <summary>How a table of series is cut into samples; null where a file is none: then each row of a table is a sample.</summary>
    public Windows? Windows { get; init; }

    /// <summary>Which columns of a table of series are unit, time and channels.</summary>
    public SeriesOptions Series { get; init; } = new();

    /// <summary>Height and width to which the images of a folder are scaled; null to require one size.</summary>
    public (int Height, int Width)? ImageSize { get; init; }

    /// <summary>
    /// The classes in the order of their numbers; null for what the file says, or "0", "1", …. A file or folder that names its classes gets these numbers
    /// by name, and a class that is none of these is refused.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }
}
