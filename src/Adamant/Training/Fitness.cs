using Adamant.Data;
using Adamant.Models;

namespace Adamant.Training;

/// <summary>Whether data, network and options fit together; asked before the first step.</summary>
internal static class Fitness
{
    private const int ChunkSize = 1024;

    /// <summary>Reads all data once, and refuses what the network cannot learn from.</summary>
    /// <exception cref="ArgumentException">Says what does not fit, and what to do.</exception>
    public static void Check(Network network, IDataset train, IDataset? validation, TrainingOptions options)
    {
        if (!network.parameters().Any(p => p.requires_grad))
            throw new ArgumentException("Expected a network with trainable parameters, got none. Register its layers with register_module.", nameof(network));
        if (train.Card.Task == LearningTask.Regression && (options.LabelSmoothing > 0 || options.ClassWeights is not null))
            throw new ArgumentException("Label smoothing and class weights are for classification. Leave them out in regression.", nameof(options));
        if (options.ClassWeights is { } weights && weights.Count != network.Outputs)
            throw new ArgumentException($"Expected one class weight for each of the {network.Outputs} outputs, got {weights.Count}.", nameof(options));
        CheckMetrics(train, validation, options);
        CheckFile(options.Checkpoint?.Path);

        CheckData(network, train);
        if (validation is not null) CheckData(network, validation);
        if (validation is not null && validation.Card.Task != train.Card.Task)
            throw new ArgumentException($"Expected validation data for {train.Card.Task}, got {validation.Card.Task}.", nameof(validation));
        TryAugmentations(train, options);
    }

    private static void CheckMetrics(IDataset train, IDataset? validation, TrainingOptions options)
    {
        var probed = options.Probes.SelectMany(p => p.Metrics).ToList();
        if (probed.GroupBy(m => m).FirstOrDefault(g => g.Count() > 1) is { Key: var twice })
            throw new ArgumentException($"Expected probes that measure different things, got '{twice}' from two of them. Leave one out.", nameof(options));
        if (options.EarlyStopping is not { Metric: var watched } || probed.Contains(watched)) return;
        string[] measured = [.. Metrics(train.Card.Task), .. probed];
        if (!measured.Contains(watched))
            throw new ArgumentException($"Early stopping cannot watch '{watched}'. Choose one of: {string.Join(", ", measured)}.", nameof(options));
        if (validation is null)
            throw new ArgumentException($"Early stopping watches '{watched}': give a validation set, or set ValidationFraction.", nameof(options));
    }

    private static string[] Metrics(LearningTask task) => task switch
    {
        LearningTask.Regression => ["loss", "rmse", "mae"],
        LearningTask.NextToken => ["loss", "accuracy", "perplexity", "bits"],
        _ => ["loss", "accuracy", "f1", "auc"],
    };

    private static void CheckData(Network network, IDataset data)
    {
        var card = data.Card;
        if (data.Count == 0) throw new ArgumentException($"{card.Name}: expected samples, got none.", nameof(data));
        if (card.Task == LearningTask.Regression && network.Outputs != 1)
            throw new ArgumentException($"{card.Name}: expected a network with 1 output for regression, got {network.Outputs}.", nameof(network));

        if (network.PredictsTokens != (card.Task == LearningTask.NextToken))
        {
            throw new ArgumentException(network.PredictsTokens
                ? $"{card.Name}: {network.GetName()} learns which token is next, and these data have labels for {card.Task}. Choose a text for language models."
                : $"{card.Name}: expected a network that predicts tokens, such as {nameof(DecoderTransformer)}, got {network.GetName()}.", nameof(network));
        }

        for (var start = 0L; start < data.Count; start += ChunkSize)
        {
            using var scope = NewDisposeScope();
            var chunk = data.Read(start, Math.Min(ChunkSize, data.Count - start));
            try
            {
                network.Input.Check(chunk.Inputs);
            }
            catch (ArgumentException e)
            {
                throw new ArgumentException($"{card.Name}, rows from {start}: {e.Message}", nameof(data), e);
            }
            if (card.Task != LearningTask.Regression) CheckLabels(network, card.Name, start, chunk.Labels);
        }
    }

    private static void CheckLabels(Network network, string name, long start, Tensor labels)
    {
        if (labels.dtype != ScalarType.Int64) throw new ArgumentException($"{name}: expected labels of type Int64, got {labels.dtype}.", nameof(labels));
        var outside = labels.lt(0).logical_or(labels.ge(network.Outputs));
        if (network.PredictsTokens) outside = outside.logical_and(labels.ne(Batch.NoLabel));
        if (!outside.any().item<bool>()) return;
        var row = outside.nonzero()[0, 0].item<long>();
        throw new ArgumentException(
            $"{name}, row {start + row}: label {labels.masked_select(outside)[0].item<long>()} is not in 0..{network.Outputs - 1}. Choose a network with more outputs.", nameof(labels));
    }

    private static void TryAugmentations(IDataset train, TrainingOptions options)
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(options.Seed, 0);
        var inputs = train.Read(0, 1).Inputs;
        foreach (var augmentation in options.Augmentations) inputs = augmentation.Apply(inputs, generator);
    }

    private static void CheckFile(string? path)
    {
        if (path is null) return;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"Expected the folder {folder} for checkpoints. Create it first.");
    }
}
