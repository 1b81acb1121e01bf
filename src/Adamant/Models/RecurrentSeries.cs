using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>What recurrent networks of series share: a stack of recurrent layers, and a linear layer on what they remember.</summary>
public abstract class RecurrentSeries : SeriesNetwork
{
    private readonly nn.Module stack;
    private readonly Linear fc;
    private readonly Dropout dropout;

    /// <summary>Builds the parts in the order in which PyTorch would draw their weights.</summary>
    private protected RecurrentSeries(
        string name, string stackName, Func<nn.Module> build, int features, int hidden, int classes, int layers, bool bidirectional, double dropout)
        : base(name, features, classes)
    {
        Hidden = Dimension.Check(hidden);
        Layers = Dimension.Check(layers, max: Dimension.MostLayers);
        Bidirectional = bidirectional;
        Dropout = Dimension.CheckShare(dropout);

        var width = (bidirectional ? 2 : 1) * hidden;
        Dimension.Reserve(width, classes);
        stack = build();
        fc = nn.Linear(width, classes);
        this.dropout = nn.Dropout(dropout);
        Register((stackName, stack), ("fc", fc), ("dropout", this.dropout));
    }

    /// <summary>The size of the state of one direction.</summary>
    public int Hidden { get; }

    /// <summary>The number of recurrent layers, each reading the states of the one before.</summary>
    public int Layers { get; }

    /// <summary>Whether each layer also reads from the end.</summary>
    public bool Bidirectional { get; }

    /// <summary>The share of what the last layer reads, and of the states between layers, that is dropped in training.</summary>
    public double Dropout { get; }

    /// <summary>Maps series to the answer at every step.</summary>
    /// <param name="inputs">Shape <c>[N, T, features]</c>, <c>Float32</c>, T at least 1, in the units of the data.</param>
    /// <returns>
    /// Shape <c>[N, T, classes]</c>; in one direction the last step is what <see cref="SeriesNetwork.forward"/> returns, and no step knows of later ones.
    /// </returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public Tensor AllSteps(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return InUnits(fc.call(dropout.call(States(Standardized(inputs))))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    private protected override Tensor Answer(Tensor standardized) =>
        fc.call(dropout.call(Recurrence.Final(States(standardized), null, Bidirectional)));

    private Tensor States(Tensor standardized) => Recurrence.States(stack, standardized, null, Bidirectional);
}
