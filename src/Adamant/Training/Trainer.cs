using Adamant.Data;
using Adamant.Models;

namespace Adamant.Training;

/// <summary>Trains networks: mini-batches in shuffled order, one optimizer step each, validation and probes after each epoch.</summary>
/// <remarks>
/// Everything random is derived from the options' seed and the number of the step, so that a repeated or resumed training gives the same weights, bit by
/// bit, on the same machine with the same number of threads. The global generator of torch is seeded in each step. Runs on the calling thread.
/// </remarks>
/// <param name="options">How to train.</param>
public sealed class Trainer(TrainingOptions options)
{
    /// <summary>How this trainer trains.</summary>
    public TrainingOptions Options { get; } = options;

    /// <summary>Trains the network in place, and leaves it in evaluation mode.</summary>
    /// <param name="network">Starts from the weights that it has; a resumed training overwrites them.</param>
    /// <param name="train">At least one sample that fits the network; it is only read.</param>
    /// <param name="validation">Measured after each epoch; null for none, or for the options' share of <paramref name="train"/>.</param>
    /// <param name="cancellation">Ends the training within one step; the result says how to resume.</param>
    /// <returns>The learning curves, and why the training ended.</returns>
    /// <exception cref="ArgumentException">Options, data and network do not fit together.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another training.</exception>
    /// <exception cref="IOException">A checkpoint or an event file cannot be written; the last checkpoint is whole.</exception>
    public TrainingResult Fit(Network network, IDataset train, IDataset? validation = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        Options.Check();
        using var scope = NewDisposeScope();
        if (validation is not null || Options.ValidationFraction == 0 || train.Count < 2)
            return Run(network, train, validation, cancellation);
        if (Options.ValidationFraction * train.Count >= train.Count - 1)
            throw new ArgumentException($"Expected a ValidationFraction that leaves training samples, got {Options.ValidationFraction} of {train.Count}.");

        var (rest, part) = train.Split(Options.ValidationFraction, Options.Seed);
        using (rest)
        using (part)
        {
            return Run(network, rest, part, cancellation);
        }
    }

    private TrainingResult Run(Network network, IDataset train, IDataset? validation, CancellationToken cancellation)
    {
        Fitness.Check(network, train, validation, Options);
        using var run = new TrainingRun(network, Options, train, validation);
        return run.ToEnd(cancellation);
    }
}
