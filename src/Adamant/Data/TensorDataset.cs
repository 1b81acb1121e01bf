namespace Adamant.Data;

/// <summary>A data set that lives in memory. Owns its tensors.</summary>
public sealed class TensorDataset : IDataset
{
    private readonly Tensor inputs, labels;

    /// <summary>Checks the samples against the card and keeps them.</summary>
    /// <param name="card">What the set is; its <see cref="DatasetCard.Rows"/> must be the number of samples.</param>
    /// <param name="inputs">Shape <c>[N, …card.Input.Shape]</c>.</param>
    /// <param name="labels">Shape <c>[N]</c>: <c>Int64</c> in [0, classes), or <c>Float32</c> in regression.</param>
    /// <exception cref="InvalidDataException">The samples do not fit the card: says which row.</exception>
    public TensorDataset(DatasetCard card, Tensor inputs, Tensor labels)
    {
        Card = card;
        this.inputs = inputs.DetachFromDisposeScope();
        this.labels = labels.DetachFromDisposeScope();
        if (inputs.shape[0] != card.Rows || labels.shape is not [var count] || count != card.Rows)
            throw new InvalidDataException($"{card.Name}: expected {card.Rows} rows, got {inputs.shape[0]} inputs and {labels.shape[0]} labels.");
        try
        {
            card.Input.Check(inputs);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{card.Name}: {e.Message}", e);
        }
        CheckLabels();
    }

    /// <inheritdoc/>
    public DatasetCard Card { get; }

    /// <inheritdoc/>
    public long Count => Card.Rows;

    /// <inheritdoc/>
    public Batch Read(Tensor indices) => new(inputs.index_select(0, indices), labels.index_select(0, indices));

    /// <inheritdoc/>
    public void Dispose()
    {
        inputs.Dispose();
        labels.Dispose();
    }

    private void CheckLabels()
    {
        using var scope = NewDisposeScope();
        var expected = Card.Task == LearningTask.Classification ? ScalarType.Int64 : ScalarType.Float32;
        if (labels.dtype != expected) throw new InvalidDataException($"{Card.Name}: expected labels of type {expected}, got {labels.dtype}.");
        if (Card.Task == LearningTask.Regression)
        {
            var bad = labels.isfinite().logical_not().nonzero();
            if (bad.shape[0] > 0) throw new InvalidDataException($"{Card.Name}, row {bad[0].item<long>()}: the target is not a finite number.");
            return;
        }
        var classes = Card.ClassNames.Count;
        var outside = labels.lt(0).logical_or(labels.ge(classes)).nonzero();
        if (outside.shape[0] == 0) return;
        var row = outside[0].item<long>();
        throw new InvalidDataException($"{Card.Name}, row {row}: label {labels[row].item<long>()} is not in 0..{classes - 1}.");
    }
}
