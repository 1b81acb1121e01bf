using Adamant.Data.Augmentations;
using Adamant.Serialization;

namespace Adamant.Training;

/// <summary>How to train.</summary>
/// <remarks>Equal options, data and initial weights give equal weights on the same machine with the same number of threads.</remarks>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training data, at least 1; 10 by default.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Samples per step, at least 1; 128 by default. The last batch of an epoch may be smaller.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>How gradients become steps; <see cref="Adam"/> by default.</summary>
    public OptimizerOptions Optimizer { get; init; } = new Adam();

    /// <summary>How the learning rate changes from step to step; constant by default.</summary>
    public ISchedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>The largest Euclidean norm of all gradients together, above 0; null (the default) for no limit.</summary>
    public double? GradientClip { get; init; }

    /// <summary>The share of each label that is spread over all classes, in [0, 1); 0 by default. Classification only.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>A factor on the loss of each class, above 0; null (the default) for none. Classification only.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>The share of the training data to hold out for validation, in [0, 1); 0 (the default) for none.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>When to stop before the last epoch; null (the default) for never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>How to vary the training samples, one after the other; not at all by default.</summary>
    public IReadOnlyList<IAugmentation> Augmentations { get; init; } = [];

    /// <summary>What each step minimizes; <see cref="PlainObjective"/> by default.</summary>
    public IObjective Objective { get; init; } = new PlainObjective();

    /// <summary>Who looks at the network after each epoch; nobody by default.</summary>
    public IReadOnlyList<IEpochProbe> Probes { get; init; } = [];

    /// <summary>The seed of shuffling, splitting, dropout, augmentations and attacks. The initial weights are the network's own.</summary>
    public int Seed { get; init; }

    /// <summary>Where to save the state of the training; null (the default) for nowhere.</summary>
    public Checkpointing? Checkpoint { get; init; }

    /// <summary>The folder for TensorBoard's event files; null (the default) for none.</summary>
    public string? TensorBoardFolder { get; init; }

    /// <summary>Who hears of each step; null (the default) for nobody.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Refuses values outside their ranges.</summary>
    /// <exception cref="ArgumentException">Says which option, and what it may be.</exception>
    public void Check()
    {
        Expect(Epochs >= 1, nameof(Epochs), "at least 1", Epochs);
        Expect(BatchSize >= 1, nameof(BatchSize), "at least 1", BatchSize);
        Expect(GradientClip is null or > 0, nameof(GradientClip), "above 0, or null for no limit", GradientClip);
        Expect(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), "in [0, 1)", LabelSmoothing);
        Expect(ClassWeights?.All(w => w > 0 && float.IsFinite(w)) ?? true, nameof(ClassWeights), "above 0 each", Text(ClassWeights));
        Expect(ValidationFraction is >= 0 and < 1, nameof(ValidationFraction), "in [0, 1)", ValidationFraction);
        Expect(EarlyStopping is null or { Patience: >= 1 }, nameof(EarlyStopping), "a patience of at least 1", EarlyStopping?.Patience);
        ArgumentNullException.ThrowIfNull(Optimizer);
        ArgumentNullException.ThrowIfNull(Schedule);
        ArgumentNullException.ThrowIfNull(Objective);
        Optimizer.Check();
        for (var step = 0; step < 100; step++)
        {
            var factor = Schedule.Factor(step, 100);
            Expect(factor >= 0 && double.IsFinite(factor), nameof(Schedule), "with factors of at least 0", $"{factor} at step {step} of 100 by {Schedule}");
        }
    }

    /// <summary>Everything that the weights depend on, by name: two trainings with the same values may continue each other.</summary>
    internal SortedDictionary<string, string> Describe() => InvariantText.Of(() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        [nameof(Epochs)] = $"{Epochs}",
        [nameof(BatchSize)] = $"{BatchSize}",
        [nameof(Optimizer)] = $"{Optimizer}",
        [nameof(Schedule)] = $"{Schedule}",
        [nameof(GradientClip)] = $"{GradientClip}",
        [nameof(LabelSmoothing)] = $"{LabelSmoothing}",
        [nameof(ClassWeights)] = Text(ClassWeights),
        [nameof(ValidationFraction)] = $"{ValidationFraction}",
        [nameof(EarlyStopping)] = $"{EarlyStopping}",
        [nameof(Augmentations)] = Text(Augmentations),
        [nameof(Objective)] = $"{Objective}",
        [nameof(Probes)] = Text(Probes),
        [nameof(Seed)] = $"{Seed}",
    });

    private static string Text<T>(IReadOnlyList<T>? values) => $"[{string.Join(", ", values ?? [])}]";

    private static void Expect(bool holds, string option, string expected, object? got)
    {
        if (!holds) throw new ArgumentException($"Expected {option} {expected}, got {got}.", option);
    }
}
