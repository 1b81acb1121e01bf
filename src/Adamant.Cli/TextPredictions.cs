using Adamant.Cli.Results;
using Adamant.Data;
using Adamant.Serialization;

namespace Adamant.Cli;

/// <summary>What a model says of texts that have no labels.</summary>
internal static class TextPredictions
{
    private const int MicroBatch = 256;

    /// <summary>Answers in the order of the texts.</summary>
    /// <exception cref="ArgumentException">The model reads no texts, or one of them is empty.</exception>
    public static List<Prediction> Of(LoadedModel model, IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        var victim = model.Text ?? throw new ArgumentException($"The model takes {model.Card.Input} and no texts. Give it --data, or choose a model that was trained on texts.");
        var predictions = new List<Prediction>();
        foreach (var part in texts.Chunk(MicroBatch))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (first, outputs) = (predictions.Count, victim.Logits(part));
            if (model.Card.Task == LearningTask.Regression)
            {
                predictions.AddRange(outputs.reshape(-1).data<float>().ToArray().Select((v, i) => new Prediction(first + i, null, null, v, null) { Text = part[i] }));
                continue;
            }
            var (confidence, winner) = outputs.softmax(1).max(1);
            var (shares, classes) = (confidence.data<float>().ToArray(), winner.data<long>().ToArray());
            predictions.AddRange(shares.Select((share, i) => new Prediction(first + i, NameOf(model, classes[i]), share, null, null) { Text = part[i] }));
        }
        return predictions;
    }

    /// <summary>The name of a class, or its number where it has none.</summary>
    public static string NameOf(LoadedModel model, long number) => number < model.Card.ClassNames.Count ? model.Card.ClassNames[(int)number] : $"{number}";
}
