using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Explaining;

/// <summary>The sample that is explained, and what the model says of it.</summary>
public sealed record ExplainedSample
{
    /// <summary>Its row in the data, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>The shape of the sample, without a batch dimension.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>The numbers in the order of the shape; the tokens of a text.</summary>
    public required IReadOnlyList<float> Values { get; init; }

    /// <summary>The class number in truth, or the number to predict in regression.</summary>
    public required double Label { get; init; }

    /// <summary>The scores before any softmax, one per class; a single prediction in regression.</summary>
    public required IReadOnlyList<float> Logits { get; init; }

    /// <summary>The softmax of the scores, each from 0 to 1; empty in regression.</summary>
    public IReadOnlyList<float> Confidences { get; init; } = [];

    /// <summary>The output that the explanations are about: the answered class; 0 in regression.</summary>
    public required int Output { get; init; }

    /// <summary>Asks the model about one sample.</summary>
    /// <param name="victim">Takes the sample.</param>
    /// <param name="sample">One sample, its inputs of shape <c>[1, …]</c>.</param>
    /// <param name="index">The sample's row in its data.</param>
    /// <param name="task">What the labels are.</param>
    public static ExplainedSample Of(IScoring victim, Batch sample, long index, LearningTask task)
    {
        ArgumentNullException.ThrowIfNull(victim);
        ArgumentNullException.ThrowIfNull(sample);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var logits = victim.Logits(sample.Inputs)[0];
        var isClass = task == LearningTask.Classification;
        return new ExplainedSample
        {
            Index = index,
            Shape = sample.Inputs.shape[1..],
            Values = Numbers.Of(sample.Inputs),
            Label = sample.Labels.to_type(ScalarType.Float64).reshape(-1)[0].item<double>(),
            Logits = Numbers.Of(logits),
            Confidences = isClass ? Numbers.Of(logits.softmax(0)) : [],
            Output = isClass ? (int)logits.argmax().item<long>() : 0,
        };
    }
}
