namespace Adamant.Training;

/// <summary>Why a training ended.</summary>
public enum TrainingEnding
{
    /// <summary>All epochs were run.</summary>
    Completed,

    /// <summary>It no longer improved.</summary>
    EarlyStopped,

    /// <summary>A probe asked for it, or the loss was no longer a number: the weights are those of an earlier epoch.</summary>
    RolledBack,

    /// <summary>The caller canceled it.</summary>
    Canceled,
}
