using Adamant.Victims;
using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// Multilayer perceptron: linear layers with rectifiers between them, for rows of numbers.
/// <code>h₀ = x,  hᵢ₊₁ = max(0, Wᵢhᵢ + bᵢ),  f(x) = W_L h_L + b_L</code>
/// </summary>
/// <remarks>
/// One hidden layer solves what no <see cref="Perceptron"/> can, XOR for one, and enough neurons approximate any continuous function on a bounded
/// range; it knows nothing of space or time, and every input costs a weight per neuron. Parameters: <c>layers.{i}.weight</c>, <c>layers.{i}.bias</c>.
/// Source: Rumelhart, Hinton, Williams, "Learning representations by back-propagating errors", Nature 323, 1986; universality: Cybenko,
/// "Approximation by superpositions of a sigmoidal function", Mathematics of Control, Signals and Systems 2, 1989.
/// </remarks>
public sealed class Mlp : Network, IChain
{
    private readonly ModuleList<Linear> layers;
    private readonly int[] hidden;

    /// <summary>Builds the network with PyTorch's default initialization.</summary>
    /// <param name="inputs">Numbers per row, at least 1.</param>
    /// <param name="hidden">The width of each hidden layer, from the first to the last; empty for a linear model.</param>
    /// <param name="outputs">Classes, or 1 for regression.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1 or absurdly large.</exception>
    public Mlp(int inputs, int[] hidden, int outputs) : base(nameof(Mlp))
    {
        ArgumentNullException.ThrowIfNull(hidden);
        Dimension.Check(hidden.Length, min: 0, max: Dimension.MostLayers, name: "the number of hidden layers");
        foreach (var width in hidden) Dimension.Check(width, name: "each hidden width");
        Inputs = Dimension.Check(inputs);
        Outputs = Dimension.Check(outputs);
        this.hidden = [.. hidden];

        int[] widths = [inputs, .. hidden, outputs];
        foreach (var (from, to) in widths.Zip(widths[1..])) Dimension.Reserve(from, to);
        layers = nn.ModuleList(widths.Zip(widths[1..], (from, to) => nn.Linear(from, to)).ToArray());
        Register(("layers", layers));
        Layers = [.. layers.SkipLast(1).SelectMany(layer => new nn.Module<Tensor, Tensor>[] { layer, nn.ReLU() }), layers[^1]];
    }

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module<Tensor, Tensor>> Layers { get; }

    /// <summary>Numbers per row.</summary>
    public int Inputs { get; }

    /// <summary>The width of each hidden layer.</summary>
    public int[] Hidden => [.. hidden];

    /// <inheritdoc/>
    public override int Outputs { get; }

    /// <inheritdoc/>
    public override InputSpec Input => InputSpec.Features(Inputs);

    /// <summary>Maps rows to logits, or to predictions in regression.</summary>
    /// <param name="inputs">Shape <c>[N, inputs]</c>, <c>Float32</c>.</param>
    /// <returns>Shape <c>[N, outputs]</c>.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public override Tensor forward(Tensor inputs)
    {
        Input.CheckShape(inputs);
        using var scope = NewDisposeScope();
        return Layers.Aggregate(inputs, (x, layer) => layer.call(x)).MoveToOuterDisposeScope();
    }
}
