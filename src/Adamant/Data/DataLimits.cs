namespace Adamant.Data;

/// <summary>How far the readers follow what a file claims about itself. Everything that grows with a file has a limit here.</summary>
public static class DataLimits
{
    /// <summary>The bytes of one file after unpacking, and of one tensor: a span holds less than 2 GiB.</summary>
    public const long Bytes = int.MaxValue;

    /// <summary>The rows of one table, and the files of one image folder.</summary>
    public const int Rows = 10_000_000;

    /// <summary>The columns of one table before encoding, and its features after.</summary>
    public const int Columns = 100_000;

    /// <summary>The bytes of one row of a table.</summary>
    public const int RecordBytes = 16 * 1024 * 1024;

    /// <summary>The classes of one set, and the values of one categorical column.</summary>
    public const int Classes = 10_000;

    /// <summary>The pixels of one image.</summary>
    public const long Pixels = 64 * 1024 * 1024;

    /// <summary>The bytes of one image file.</summary>
    public const long ImageBytes = 256 * 1024 * 1024;

    /// <summary>The dimensions of one array.</summary>
    public const int Rank = 8;
}
