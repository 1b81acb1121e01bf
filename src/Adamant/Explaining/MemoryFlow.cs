using Adamant.Models;

namespace Adamant.Explaining;

/// <summary>
/// What a recurrent network carries from step to step of one sequence, and which steps its answer depends on.
/// <code>similarityₜ = cos(hₜ, h_T),  influenceₜ = ‖∂f / ∂xₜ‖₂</code>
/// </summary>
/// <remarks>
/// hₜ is the state of the last layer, of two directions the forward one. Influence is a slope at this very sequence: a saturated unit may owe everything to a step
/// and still show none; integrated gradients of the tokens see that.
/// </remarks>
public sealed record MemoryFlow
{
    /// <summary>hₜ: one row per step, with one number per unit, from −1 to 1.</summary>
    public required IReadOnlyList<IReadOnlyList<float>> States { get; init; }

    /// <summary>How much each state points where the last one does, from −1 to 1; 0 for a state of zeros.</summary>
    public required IReadOnlyList<double> Similarity { get; init; }

    /// <summary>How fast the explained score changes with what each step reads.</summary>
    public required IReadOnlyList<double> Influence { get; init; }

    /// <summary>Traces one sequence.</summary>
    /// <param name="network">A recurrent network.</param>
    /// <param name="inputs">What the network reads, one sequence without padding: <c>[1, T]</c> tokens or <c>[1, T, features]</c>.</param>
    /// <param name="output">The class whose score is explained.</param>
    /// <exception cref="ArgumentException">Not one sequence, or a network that is not recurrent.</exception>
    public static MemoryFlow Of(Network network, Tensor inputs, int output)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var grad = enable_grad();
        var steps = SequenceSteps.One(network, inputs).requires_grad_();
        var pass = RecurrentPass.Of(network, steps);
        var slopes = autograd.grad([pass.Logits[0][output]], [steps])[0][0].to_type(ScalarType.Float64);
        var states = cat([.. pass.Layers.Last(l => !l.IsReverse).Hidden]).detach();
        return new MemoryFlow
        {
            States = [.. Numbers.Of(states).Chunk((int)states.shape[1])],
            Similarity = [.. Numbers.Of(nn.functional.cosine_similarity(states, states[-1].unsqueeze(0), 1)).Select(v => (double)v)],
            Influence = slopes.square().sum(dim: 1).sqrt().data<double>().ToArray(),
        };
    }
}
