using Adamant.Data;
using Adamant.Training;

namespace Adamant.Cli;

/// <summary>The linear baseline beside a network of texts: whether the network is worth its cost.</summary>
internal static class TextBaseline
{
    /// <summary>The name of its accuracy among the numbers of a model's card.</summary>
    public const string Metric = "linear baseline";

    /// <summary>Learns from one part and is measured on another; null where these are no labeled texts, or where there is nothing to learn from or to measure on.</summary>
    public static Proportion? Of(IDataset? train, IDataset? test, CancellationToken cancellation)
    {
        if (train is not ITextDataset texts || test is not ITextDataset others || train.Card.Task != LearningTask.Classification) return null;
        using var baseline = LinearBaseline.Fit(texts, cancellation: cancellation);
        return baseline.Accuracy(others);
    }
}
