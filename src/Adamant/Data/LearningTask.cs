namespace Adamant.Data;

/// <summary>What the labels of a data set are.</summary>
public enum LearningTask
{
    /// <summary>Class numbers from 0.</summary>
    Classification,

    /// <summary>Real numbers.</summary>
    Regression,

    /// <summary>For each position of a text the token that follows; <see cref="Batch.NoLabel"/> where none counts.</summary>
    NextToken,
}
