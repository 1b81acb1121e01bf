using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Cli;

/// <summary>The card of a network that was just trained.</summary>
internal static class TrainedCard
{
    public static ModelCard Of(Network network, DatasetCard data, TrainingOptions options, TrainingResult result, string command, double? baseline = null)
    {
        var (architecture, arguments) = ModelCatalog.Describe(network);
        return new ModelCard
        {
            Architecture = architecture,
            Arguments = arguments,
            Input = data.Input,
            Task = data.Task,
            ClassNames = data.ClassNames,
            FeatureNames = data.FeatureNames,
            Encoding = data.Encoding,
            Provenance = new Provenance
            {
                Dataset = data.Name,
                DatasetSha256 = data.Sha256,
                Objective = options.Objective.ToString()!,
                Seed = options.Seed,
                Command = command,
                AdamantVersion = App.Version,
                Created = DateTimeOffset.UtcNow,
                Metrics = Metrics(result, baseline),
                History = result.History,
            },
        };
    }

    private static Dictionary<string, double> Metrics(TrainingResult result, double? baseline)
    {
        var metrics = new Dictionary<string, double>(result.History.FirstOrDefault(e => e.Epoch == result.Epoch)?.Validation ?? new Dictionary<string, double>());
        if (baseline is { } accuracy) metrics[TextBaseline.Metric] = accuracy;
        return metrics;
    }
}
