namespace Adamant.Data;

/// <summary>The part of a data set that comes with a fixed split.</summary>
public enum DatasetPart
{
    /// <summary>What a model may learn from.</summary>
    Train,

    /// <summary>What it is judged on.</summary>
    Test,
}
