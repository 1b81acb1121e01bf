using Adamant.Data;
using Adamant.Training;

namespace Adamant.Cli.Results;

/// <summary>What <c>adamant evaluate --json</c> prints.</summary>
internal sealed record EvaluationSummary
{
    public required string Model { get; init; }

    public required string ModelSha256 { get; init; }

    public required string Data { get; init; }

    public required long Samples { get; init; }

    public required double Loss { get; init; }

    public Share? Accuracy { get; init; }

    /// <summary>The accuracy of the linear baseline on the same samples; texts with a training part only.</summary>
    public Share? LinearBaseline { get; init; }

    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>The 95 % intervals of rmse and mae: low, high. Empty in classification.</summary>
    public required IReadOnlyDictionary<string, double[]> Intervals { get; init; }

    public required IReadOnlyList<ClassSummary> Classes { get; init; }

    public required IReadOnlyList<IReadOnlyList<long>> Confusion { get; init; }

    public static EvaluationSummary From(string model, string sha256, DatasetCard data, Evaluation evaluation) => new()
    {
        Model = model,
        ModelSha256 = sha256,
        Data = data.Name,
        Samples = evaluation.Samples,
        Loss = evaluation.Loss,
        Accuracy = evaluation.Accuracy is { } accuracy ? Share.Of(accuracy) : null,
        Metrics = evaluation.Metrics,
        Intervals = IntervalsOf(evaluation).ToDictionary(i => i.Key, i => new[] { i.Value.Low, i.Value.High }),
        Classes = [.. evaluation.Classes.Select(c => new ClassSummary(c.Name, Share.Of(c.Recall), Share.Of(c.Precision), double.IsNaN(c.F1) ? null : c.F1))],
        Confusion = evaluation.Confusion,
    };

    /// <summary>The intervals that exist, by the name of their metric.</summary>
    public static IReadOnlyDictionary<string, (double Low, double High)> IntervalsOf(Evaluation evaluation) =>
        new[] { ("rmse", evaluation.RmseInterval), ("mae", evaluation.MaeInterval) }.Where(i => i.Item2 is not null).ToDictionary(i => i.Item1, i => i.Item2!.Value);

    /// <summary>One class.</summary>
    internal sealed record ClassSummary(string Name, Share Recall, Share Precision, double? F1);
}
