using Adamant.Models;

namespace Adamant.Training;

/// <summary>Where a training is, besides its tensors.</summary>
internal sealed record TrainingState
{
    /// <summary>The epoch that is under way, from 1.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>The steps done in it.</summary>
    public long Step { get; set; }

    /// <summary>The sum of their losses.</summary>
    public double LossSum { get; set; }

    /// <summary>The right answers in it.</summary>
    public long Right { get; set; }

    /// <summary>The answers in it.</summary>
    public long Answers { get; set; }

    /// <summary>The seconds that its steps took.</summary>
    public double Seconds { get; set; }

    /// <summary>The finished epochs.</summary>
    public List<EpochReport> History { get; init; } = [];

    /// <summary>Why the training ended; null while it runs.</summary>
    public TrainingEnding? Ending { get; set; }

    /// <summary>The epoch of the final weights, once it ended.</summary>
    public int FinalEpoch { get; set; }

    /// <summary>Why, for people.</summary>
    public string? Reason { get; set; }
}
