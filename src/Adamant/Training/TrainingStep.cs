namespace Adamant.Training;

/// <summary>The circumstances of one training step.</summary>
/// <param name="Criterion">Maps outputs and labels to a scalar loss: cross-entropy with the options' smoothing and weights, or squared error.</param>
/// <param name="Seed">Differs in every step; the same when a run is repeated or resumed.</param>
/// <param name="Cancellation">Stops within one step.</param>
public sealed record TrainingStep(Func<Tensor, Tensor, Tensor> Criterion, int Seed, CancellationToken Cancellation)
{
    /// <summary>The share of the whole training that lies behind this step, in [0, 1]: what schedules of objectives go by. 1 where nobody says.</summary>
    public double Done { get; init; } = 1;
}
