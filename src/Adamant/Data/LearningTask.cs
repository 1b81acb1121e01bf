namespace Adamant.Data;

/// <summary>What the labels of a data set are.</summary>
public enum LearningTask
{
    /// <summary>Class numbers from 0.</summary>
    Classification,

    /// <summary>Real numbers.</summary>
    Regression,
}
