using Adamant.Data;
using Adamant.Serialization;

namespace Adamant.Explaining;

/// <summary>Finds out whatever can be found out about a model, by its kind.</summary>
public static class Explainer
{
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
        return new Explanation
        {
            Title = $"How {model.Card.Architecture} answers number {sample} of {data.Card.Name}",
            Created = DateTimeOffset.UtcNow,
            Model = model.Card with { Encoding = null },
            ModelSha256 = model.Sha256,
            ParameterCount = model.Network.ParameterCount,
            Data = data.Card with { Encoding = null },
            Sample = ExplainedSample.Of(model.Victim, one, sample, model.Card.Task),
        };
    }
}
