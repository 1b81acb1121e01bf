using System.CommandLine;
using Adamant.Data;
using Adamant.Data.Augmentations;
using Adamant.Training;

namespace Adamant.Cli;

/// <summary>The options that say how a network is fitted, and their reading.</summary>
internal sealed class RecipeOptions
{
    private readonly Option<int> epochs = new Option<int>("--epochs") { Description = "Passes over the data.", DefaultValueFactory = _ => 10 }.Within(1);
    private readonly Option<int> batchSize = CommonOptions.BatchSize(128);
    private readonly Option<string> optimizer = new Option<string>("--optimizer") { Description = "How weights move.", DefaultValueFactory = _ => "adam" }
        .AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "sgd", "adam", "adamw");
    private readonly Option<double?> learningRate = new("--learning-rate", "--lr") { Description = "The optimizer's own default when left out." };
    private readonly Option<double?> weightDecay = new Option<double?>("--weight-decay") { Description = "Pull of the weights towards 0; the optimizer's own default when left out." }.Within(0);
    private readonly Option<string> schedule = new Option<string>("--schedule") { Description = "How the learning rate changes.", DefaultValueFactory = _ => "cosine" }
        .AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "constant", "cosine", "step", "cyclic");
    private readonly Option<double?> clip = new Option<double?>("--clip") { Description = "The largest norm of the gradient." }.Within(0);
    private readonly Option<double> smoothing = new Option<double>("--label-smoothing") { Description = "Share of the truth that is spread over the other classes." }.Within(0, 1);
    private readonly Option<bool> balance = new("--balance") { Description = "Weight classes by the inverse of how often they occur." };
    private readonly Option<string[]> augment = new Option<string[]>("--augment")
    {
        Description = "Random changes of images: crop, flip, cutout, noise; of texts: words.",
        AllowMultipleArgumentsPerToken = true,
    }.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "crop", "flip", "cutout", "noise", "words");
    private readonly Option<int?> patience = new Option<int?>("--patience") { Description = "Stop after so many epochs without a gain, and keep the best." }.Within(1);
    private readonly Option<string> monitor = new("--monitor") { Description = "What --patience watches: loss, accuracy, auc, f1, rmse, pgd.", DefaultValueFactory = _ => "loss" };

    /// <summary>The share of the training data that is held out.</summary>
    public Option<double> Validation { get; } = new Option<double>("--validation")
    {
        Description = "Share of the training data that is held out and measured.",
        DefaultValueFactory = _ => 0.1,
    }.Within(0, 0.9);

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All =>
        [epochs, batchSize, optimizer, learningRate, weightDecay, schedule, clip, smoothing, balance, augment, Validation, patience, monitor];

    /// <summary>What the user chose.</summary>
    public TrainingOptions Read(ParseResult arguments, IDataset data) => new()
    {
        Epochs = arguments.GetValue(epochs),
        BatchSize = arguments.GetValue(batchSize),
        Optimizer = Optimizer(arguments),
        Schedule = arguments.GetRequiredValue(schedule).ToLowerInvariant() switch
        {
            "constant" => new ConstantSchedule(),
            "step" => new StepSchedule(),
            "cyclic" => new CyclicSchedule(),
            _ => new CosineSchedule(),
        },
        GradientClip = arguments.GetValue(clip),
        LabelSmoothing = arguments.GetValue(smoothing),
        ClassWeights = arguments.GetValue(balance) ? InverseFrequencies(data) : null,
        Augmentations = [.. (arguments.GetValue(augment) ?? []).Select(Augmentation)],
        EarlyStopping = arguments.GetValue(patience) is { } epochsWithoutGain ? new EarlyStopping(epochsWithoutGain, arguments.GetRequiredValue(monitor)) : null,
    };

    private OptimizerOptions Optimizer(ParseResult arguments)
    {
        var decay = arguments.GetValue(weightDecay);
        OptimizerOptions chosen = arguments.GetRequiredValue(optimizer).ToLowerInvariant() switch
        {
            "sgd" => decay is { } d ? new Sgd { WeightDecay = d } : new Sgd(),
            "adamw" => decay is { } d ? new AdamW { WeightDecay = d } : new AdamW(),
            _ => decay is { } d ? new Adam { WeightDecay = d } : new Adam(),
        };
        return arguments.GetValue(learningRate) is { } rate ? chosen with { LearningRate = rate } : chosen;
    }

    private static IAugmentation Augmentation(string name) => name.ToLowerInvariant() switch
    {
        "crop" => new RandomCrop(),
        "flip" => new HorizontalFlip(),
        "cutout" => new Cutout(),
        "words" => new WordDropout(),
        _ => new GaussianNoise(),
    };

    private static float[] InverseFrequencies(IDataset data)
    {
        if (data.Card.Task != LearningTask.Classification) throw new ArgumentException("--balance weights classes, and this data set has none.");
        using var scope = NewDisposeScope();
        var counts = data.ReadAll().Labels.bincount(null, data.Card.ClassNames.Count).clamp_min(1).to_type(ScalarType.Float32);
        return (data.Count / (counts * data.Card.ClassNames.Count)).data<float>().ToArray();
    }
}
