namespace Adamant.Training;

/// <summary>Where a training is; reported after each step.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">All of them.</param>
/// <param name="Step">Steps done in this epoch.</param>
/// <param name="Steps">Steps per epoch.</param>
/// <param name="Loss">The mean of the objective over the epoch's batches so far.</param>
/// <param name="Accuracy">The share of right answers to the epoch's training samples so far, as the objective saw them; null in regression.</param>
/// <param name="SamplesPerSecond">Training samples per second in this epoch.</param>
/// <param name="Left">The estimated time to the end of the last epoch, without validation and probes.</param>
public sealed record TrainingProgress(
    int Epoch, int Epochs, long Step, long Steps, double Loss, double? Accuracy, double SamplesPerSecond, TimeSpan Left);
