using Adamant.Data;
using Adamant.Models;

namespace Adamant.Training;

/// <summary>The usual: the mean loss of the batch. <code>L = 1/N · Σ ℓ(f(xᵢ), yᵢ)</code></summary>
public sealed record PlainObjective : IObjective
{
    /// <inheritdoc/>
    public Tensor Loss(Network network, Batch batch, TrainingStep step)
    {
        using var scope = NewDisposeScope();
        return step.Criterion(network.call(batch.Inputs), batch.Labels).MoveToOuterDisposeScope();
    }

    /// <summary>It has no parameters.</summary>
    public override string ToString() => nameof(PlainObjective);
}
