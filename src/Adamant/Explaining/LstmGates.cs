using Adamant.Models;

namespace Adamant.Explaining;

/// <summary>
/// The insides of an LSTM layer at every step of one sequence: what it writes, keeps and shows.
/// <code>cₜ = forget ⊙ cₜ₋₁ + input ⊙ candidate,  hₜ = output ⊙ tanh(cₜ)</code>
/// </summary>
/// <remarks>
/// Computed from the weights of the fused layer, step by step. Each list has one row per step, with one number per unit. Units have no order and no names: an average
/// can hide a single unit that carries all the memory. Source: Karpathy, Johnson, Fei-Fei, "Visualizing and Understanding Recurrent Networks", arXiv:1506.02078, §4.
/// </remarks>
public sealed record LstmGates
{
    /// <summary>The layer as its weights call it: <c>l0</c>, <c>l0_reverse</c>, <c>l1</c>.</summary>
    public required string Layer { get; init; }

    /// <summary>How much of the candidate is written, from 0 to 1.</summary>
    public required IReadOnlyList<IReadOnlyList<float>> Input { get; init; }

    /// <summary>How much of the old cell is kept, from 0 to 1.</summary>
    public required IReadOnlyList<IReadOnlyList<float>> Forget { get; init; }

    /// <summary>What could be written, from −1 to 1.</summary>
    public required IReadOnlyList<IReadOnlyList<float>> Candidate { get; init; }

    /// <summary>How much of the cell is shown, from 0 to 1.</summary>
    public required IReadOnlyList<IReadOnlyList<float>> Output { get; init; }

    /// <summary>What is remembered after the step.</summary>
    public required IReadOnlyList<IReadOnlyList<float>> Cell { get; init; }

    /// <summary>What the step shows, from −1 to 1.</summary>
    public required IReadOnlyList<IReadOnlyList<float>> Hidden { get; init; }

    /// <summary>Traces one sequence.</summary>
    /// <param name="network">Has LSTM layers.</param>
    /// <param name="inputs">What the network reads, one sequence without padding: <c>[1, T]</c> tokens or <c>[1, T, features]</c>.</param>
    /// <returns>One trace per layer and direction, the first layer first.</returns>
    /// <exception cref="ArgumentException">Not one sequence, or a network without an LSTM.</exception>
    public static IReadOnlyList<LstmGates> Of(Network network, Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var pass = RecurrentPass.Of(network, SequenceSteps.One(network, inputs));
        if (pass.Layers[0].Gates.Count == 0) throw new ArgumentException($"Expected a network with gates, got {network.GetType().Name}. Choose an LSTM.", nameof(network));
        return [.. pass.Layers.Select(Of)];
    }

    /// <summary>The mean over the units at each step.</summary>
    /// <param name="rows">One of the lists above.</param>
    public static IReadOnlyList<double> MeanPerStep(IReadOnlyList<IReadOnlyList<float>> rows) => [.. rows.Select(row => row.Average(v => (double)v))];

    private static LstmGates Of(RecurrentLayer layer)
    {
        float[][] Rows(Func<LstmStep, Tensor> part) => [.. layer.Gates.Select(step => Numbers.Of(part(step)))];
        return new LstmGates
        {
            Layer = layer.Name,
            Input = Rows(step => step.Input),
            Forget = Rows(step => step.Forget),
            Candidate = Rows(step => step.Candidate),
            Output = Rows(step => step.Output),
            Cell = Rows(step => step.Cell),
            Hidden = [.. layer.Hidden.Select(Numbers.Of)],
        };
    }
}
