using System.Text.Json.Serialization;
using Adamant.Models;

namespace Adamant.Training;

/// <summary>Where a training is, besides its tensors.</summary>
internal sealed record TrainingState
{
    /// <summary>The epoch that is under way, from 1.</summary>
    [JsonRequired]
    public int Epoch { get; set; } = 1;

    /// <summary>The steps done in it.</summary>
    [JsonRequired]
    public long Step { get; set; }

    /// <summary>The sum of their losses.</summary>
    [JsonRequired]
    public double LossSum { get; set; }

    /// <summary>The right answers in it.</summary>
    [JsonRequired]
    public long Right { get; set; }

    /// <summary>The answers in it.</summary>
    [JsonRequired]
    public long Answers { get; set; }

    /// <summary>The seconds that its steps took.</summary>
    [JsonRequired]
    public double Seconds { get; set; }

    /// <summary>The finished epochs.</summary>
    [JsonRequired]
    public List<EpochReport> History { get; init; } = [];

    /// <summary>Why the training ended; null while it runs.</summary>
    public TrainingEnding? Ending { get; set; }

    /// <summary>The epoch of the final weights, once it ended.</summary>
    [JsonRequired]
    public int FinalEpoch { get; set; }

    /// <summary>Why, for people.</summary>
    public string? Reason { get; set; }

    /// <summary>Whether a training of so many epochs and steps per epoch can be here: the state may come from a damaged file.</summary>
    public bool CanBe(int epochs, long steps) =>
        Epoch >= 1 && Epoch <= (Ending is null ? epochs : epochs + 1)
        && Step >= 0 && Step <= steps
        && double.IsFinite(LossSum) && Right >= 0 && Right <= Answers
        && Seconds >= 0 && double.IsFinite(Seconds)
        && History.Select(report => report?.Epoch).SequenceEqual(Enumerable.Range(1, Epoch - 1).Select(epoch => (int?)epoch))
        && (Ending is null || (Enum.IsDefined(Ending.Value) && FinalEpoch >= 0 && FinalEpoch < Epoch));
}
