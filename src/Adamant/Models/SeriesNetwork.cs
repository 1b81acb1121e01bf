using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Models;

/// <summary>What all networks of series share: they take raw values, and bring channels and target to a common measure by themselves.</summary>
/// <remarks>So whoever trains, attacks or serves one stays in the units of the data, and nobody has to know the standardization, which travels in the <see cref="ModelCard"/>.</remarks>
public abstract class SeriesNetwork : Network
{
    /// <summary>Checks the sizes before any layer is built.</summary>
    private protected SeriesNetwork(string name, int features, int classes) : base(name)
    {
        Features = Dimension.Check(features);
        Classes = Dimension.Check(classes);
    }

    /// <summary>Numbers per step: the channels.</summary>
    public int Features { get; }

    /// <summary>The number of outputs: classes, or 1 in regression.</summary>
    public int Classes { get; }

    /// <summary>The units of channels and target, set before training from the training part; null for values that are standardized already.</summary>
    /// <exception cref="ArgumentException">It is of another number of channels, or holds deviations that are not above 0.</exception>
    public Standardization? Standardization
    {
        get;
        set
        {
            value?.Check(Features);
            field = value;
        }
    }

    /// <inheritdoc/>
    public sealed override InputSpec Input => new([-1, Features]);

    /// <inheritdoc/>
    public sealed override int Outputs => Classes;

    /// <summary>Maps series to logits, or to predictions in the units of the target.</summary>
    /// <param name="inputs">Shape <c>[N, T, features]</c>, <c>Float32</c>, T at least 1, in the units of the data.</param>
    /// <returns>Shape <c>[N, classes]</c>.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public sealed override Tensor forward(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return InUnits(Answer(Standardized(inputs))).MoveToOuterDisposeScope();
    }

    /// <summary>Checks series and brings their channels to a common measure: what the layers see.</summary>
    /// <param name="inputs">As in <see cref="forward"/>.</param>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public Tensor Standardized(Tensor inputs)
    {
        Sequence.Check(Input, inputs);
        return Standardization?.Apply(inputs) ?? inputs.alias();
    }

    /// <summary>The answer of the layers to standardized series <c>[N, T, features]</c>.</summary>
    private protected abstract Tensor Answer(Tensor standardized);

    /// <summary>Answers of the layers in the units of the target.</summary>
    private protected Tensor InUnits(Tensor answers) => Standardization is null or { TargetMean: 0, TargetStd: 1 }
        ? answers
        : (answers * Standardization.TargetStd) + Standardization.TargetMean;
}
