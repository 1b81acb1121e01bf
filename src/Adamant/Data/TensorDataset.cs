namespace Adamant.Data;

/// <summary>A data set that lives in memory. Owns its tensors.</summary>
public sealed class TensorDataset : IDataset
{
    private const double Tolerance = 1e-6;                      // rounding of float32 at the edge of the range

    private readonly Tensor inputs, labels;

    /// <summary>Checks the samples against the card and keeps them.</summary>
    /// <param name="card">What the set is; its <see cref="DatasetCard.Rows"/> must be the number of samples.</param>
    /// <param name="inputs">
    /// Shape <c>[N, …card.Input.Shape]</c>. Where the card's values lie in [0, 1], <c>Byte</c> is taken as well: kept as it is, a quarter of the
    /// memory, and read as value/255.
    /// </param>
    /// <param name="labels">Shape <c>[N]</c>: <c>Int64</c> in [0, classes), or <c>Float32</c> in regression.</param>
    /// <exception cref="InvalidDataException">The samples do not fit the card: says which row and feature. The tensors still belong to the caller.</exception>
    public TensorDataset(DatasetCard card, Tensor inputs, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        (Card, this.inputs, this.labels) = (card, inputs, labels);
        if (inputs.dim() == 0 || inputs.shape[0] != card.Rows || labels.shape is not [var count] || count != card.Rows)
        {
            throw new InvalidDataException(
                $"{card.Name}: expected {card.Rows} rows, got inputs of shape [{string.Join(", ", inputs.shape)}] and labels of shape [{string.Join(", ", labels.shape)}].");
        }
        if (card.Rows == 0) throw new InvalidDataException($"{card.Name}: expected at least one row, got none.");
        CheckInputs();
        CheckLabels();
        inputs.DetachFromDisposeScope();
        labels.DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public DatasetCard Card { get; }

    /// <inheritdoc/>
    public long Count => Card.Rows;

    private bool IsPixels => inputs.dtype == ScalarType.Byte && Card.Input is { Min: 0, Max: 1, Type: ScalarType.Float32 };

    /// <inheritdoc/>
    public Batch Read(Tensor indices)
    {
        using var scope = NewDisposeScope();
        var x = inputs.index_select(0, indices);
        if (IsPixels) x = x.to_type(ScalarType.Float32).div_(255);
        return new Batch(x.MoveToOuterDisposeScope(), labels.index_select(0, indices).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        inputs.Dispose();
        labels.Dispose();
    }

    /// <summary>The same samples under another description; this set must not be used any more.</summary>
    /// <param name="card">Fits the samples as the constructor wants it.</param>
    /// <exception cref="InvalidDataException">The samples do not fit the card.</exception>
    public TensorDataset Under(DatasetCard card) => new(card, inputs, labels);

    /// <summary>The same inputs with other labels; this set must not be used any more.</summary>
    internal TensorDataset Relabeled(DatasetCard card, Func<Tensor, Tensor> relabel)
    {
        var data = new TensorDataset(card, inputs, relabel(labels));
        labels.Dispose();
        return data;
    }

    private void CheckInputs()
    {
        try
        {
            if (IsPixels) Card.Input.CheckShape(inputs);
            else Card.Input.Check(inputs);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{Card.Name}{PlaceOfBadInput()}: {e.Message.Replace(" (Parameter 'inputs')", "", StringComparison.Ordinal)}", e);
        }
    }

    /// <summary>Where the first value lies that is no number or outside the range; empty when the fault is another one.</summary>
    private string PlaceOfBadInput()
    {
        if (inputs.dim() != Card.Input.Shape.Count + 1 || inputs.dtype != Card.Input.Type) return "";
        using var scope = NewDisposeScope();
        var x = inputs.reshape(-1);
        var bad = x.isfinite().logical_not().logical_or(x.lt(Card.Input.Min - Tolerance)).logical_or(x.gt(Card.Input.Max + Tolerance)).nonzero();
        if (bad.shape[0] == 0) return "";
        var position = bad[0].item<long>();
        var (row, feature) = (position / inputs[0].numel(), position % inputs[0].numel());
        if (feature < Card.FeatureNames.Count) return $", row {row}, column '{Card.FeatureNames[(int)feature]}'";
        if (inputs.dim() != 4) return $", row {row}, column {feature}";
        var (height, width) = (inputs.shape[2], inputs.shape[3]);
        return $", row {row}, channel {feature / (height * width)}, pixel row {feature / width % height}, pixel column {feature % width}";
    }

    private void CheckLabels()
    {
        using var scope = NewDisposeScope();
        var expected = Card.Task == LearningTask.Classification ? ScalarType.Int64 : ScalarType.Float32;
        if (labels.dtype != expected) throw new InvalidDataException($"{Card.Name}: expected labels of type {expected}, got {labels.dtype}.");
        if (Card.Task == LearningTask.Regression)
        {
            var bad = labels.isfinite().logical_not().nonzero();
            if (bad.shape[0] > 0) throw new InvalidDataException($"{Card.Name}, row {bad[0].item<long>()}, column 'label': the target is not a finite number.");
            return;
        }
        var classes = Card.ClassNames.Count;
        var outside = labels.lt(0).logical_or(labels.ge(classes)).nonzero();
        if (outside.shape[0] == 0) return;
        var row = outside[0].item<long>();
        throw new InvalidDataException($"{Card.Name}, row {row}, column 'label': label {labels[row].item<long>()} is not in 0..{classes - 1}.");
    }
}
