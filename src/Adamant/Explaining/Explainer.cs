using Adamant.Data;
using Adamant.Serialization;

namespace Adamant.Explaining;

/// <summary>Finds out whatever can be found out about a model, by its kind.</summary>
public static class Explainer
{
    private const long MostSamples = 500;

    /// <summary>Explains a model on one sample of a data set.</summary>
    /// <param name="model">A network of any kind.</param>
    /// <param name="data">Fits the model; tests over many samples use its first ones.</param>
    /// <param name="sample">The row to explain, from 0.</param>
    /// <param name="cancellation">Stops between two explanations.</param>
    /// <returns>The parts that fit the model, without a command and a version.</returns>
    /// <exception cref="ArgumentException">There is no such row, or the data do not fit the model.</exception>
    public static Explanation Explain(LoadedModel model, IDataset data, long sample, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        if (sample < 0 || sample >= data.Count)
            throw new ArgumentException($"Expected a sample from 0 to {data.Count - 1} of {data.Card.Name}, got {sample}.", nameof(sample));
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var one = data.Read(sample, 1);
        var answer = ExplainedSample.Of(model.Victim, one, sample, model.Card.Task);
        return new Explanation
        {
            Title = $"How {model.Card.Architecture} answers number {sample} of {data.Card.Name}",
            Created = DateTimeOffset.UtcNow,
            Model = model.Card with { Encoding = null },
            ModelSha256 = model.Sha256,
            ParameterCount = model.Network.ParameterCount,
            Data = data.Card with { Encoding = null },
            Sample = answer,
            Kernels = KernelBank.Of(model.Network),
            Stages = IsImage(data) ? FeatureMaps.Of(model.Network, model.Victim, one.Inputs) : [],
            Saliency = IsImage(data) || IsTable(data) ? SaliencyOf(model, data, one.Inputs[0], answer.Output, cancellation) : null,
            Translations = IsImage(data) && data.Card.Task == LearningTask.Classification ? [TranslationOf(model, data, cancellation)] : [],
            Boundaries = IsTable(data) && answer is { Shape: [2], Confidences.Count: > 0 } ? [BoundaryOf(model, data)] : [],
            Costs = model.Network.named_children().Any(child => child.module is TorchSharp.Modules.Conv2d) ? LayerCost.Of(model.Network) : [],
            Sequence = SequenceExplanation.Fits(model.Network)
                ? SequenceExplanation.Of(model.Network, one, answer.Output, model.Card.Encoding?.Vocabulary, cancellation)
                : null,
        };
    }

    private static bool IsImage(IDataset data) => data.Card.Input is { Shape.Count: 3, Type: ScalarType.Float32 };

    private static bool IsTable(IDataset data) => data.Card.Input is { Shape.Count: 1, Type: ScalarType.Float32 };

    /// <summary>An image is compared with black; a row with the mean row, because a zero may be far from what is usual.</summary>
    private static Saliency SaliencyOf(LoadedModel model, IDataset data, Tensor sample, int output, CancellationToken cancellation)
    {
        if (IsImage(data))
        {
            var darkest = double.IsFinite(model.Card.Input.Min) ? model.Card.Input.Min : 0;
            return Saliency.Of(model.Victim, sample, output, full_like(sample, darkest), "a black image", cancellation);
        }
        using var rows = data.Read(0, Math.Min(MostSamples, data.Count));
        return Saliency.Of(model.Victim, sample, output, rows.Inputs.mean([0L]), "the mean row of the data", cancellation);
    }

    /// <summary>A quarter of the width, and no more than 8 pixels, in both directions.</summary>
    private static TranslationCurve TranslationOf(LoadedModel model, IDataset data, CancellationToken cancellation)
    {
        using var images = data.Read(0, Math.Min(MostSamples, data.Count));
        return TranslationCurve.Of(model.Card.Architecture, model.Victim, images, (int)Math.Clamp(images.Inputs.shape[3] / 4, 0, 8), cancellation);
    }

    private static DecisionBoundary BoundaryOf(LoadedModel model, IDataset data)
    {
        using var rows = data.Read(0, Math.Min(MostSamples, data.Count));
        var boundary = DecisionBoundary.Of($"{model.Card.Architecture} on {data.Card.Name}", model.Victim, rows) with { ClassNames = data.Card.ClassNames };
        return data.Card.FeatureNames is { Count: 2 } names ? boundary with { Axes = names } : boundary;
    }
}
