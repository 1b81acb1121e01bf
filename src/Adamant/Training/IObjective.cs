using Adamant.Data;
using Adamant.Models;

namespace Adamant.Training;

/// <summary>What a training step minimizes: plain loss, or the loss of attacked samples.</summary>
public interface IObjective
{
    /// <summary>The loss of one batch, a scalar with a gradient to the parameters.</summary>
    /// <param name="network">In training mode.</param>
    /// <param name="batch">The samples of this step, already augmented.</param>
    /// <param name="step">Criterion, seed, cancellation.</param>
    Tensor Loss(Network network, Batch batch, TrainingStep step);

    /// <summary>
    /// The losses that the batch is for, in turn: the trainer takes a step of the optimizer after each, before it asks for the next. One, by default.
    /// </summary>
    /// <remarks>All tensors belong to the step's dispose scope: what is enumerated may not leave a scope of its own open.</remarks>
    /// <inheritdoc cref="Loss"/>
    IEnumerable<Tensor> Losses(Network network, Batch batch, TrainingStep step) => [Loss(network, batch, step)];
}
