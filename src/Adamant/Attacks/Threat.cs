using Adamant.Attacks.Constraints;
using Adamant.Victims;

namespace Adamant.Attacks;

/// <summary>What an attacker may do, and what counts as a success.</summary>
/// <param name="Ball">How far each sample may be moved.</param>
public sealed record Threat(Ball Ball)
{
    /// <summary>
    /// The classes that the attacker wants, shape <c>[N]</c>, <c>Int64</c>, one per sample (in regression the values, <c>Float32</c>); null when any wrong one will do.
    /// </summary>
    public Tensor? Target { get; init; }

    /// <summary>Which samples exist and what an attacker can make of one; null where every point of ball and range is possible.</summary>
    public FeatureConstraints? Constraints { get; init; }

    /// <summary>+1 to climb the loss away from the truth, −1 to descend it towards the target.</summary>
    internal int Direction => Target is null ? 1 : -1;

    /// <summary>Refuses an ε that is larger than the whole range of the inputs: nearly always a unit mistaken.</summary>
    /// <exception cref="ArgumentException">ε exceeds the range of the victim's inputs.</exception>
    public void Check(InputSpec input)
    {
        if (input.Type == ScalarType.Int64)
            throw new ArgumentException("Expected inputs that can be moved by a small step, got token numbers. Use an attack on tokens.");
        if (Constraints is { } rules && (input.Shape.Count == 0 || input.Shape[^1] != rules.Features.Count))
            throw new ArgumentException($"Expected inputs of {rules.Features.Count} features, as the constraints say, got {input}. They belong to another table.");
        var most = Ball.Widest(input);
        if (!(Ball.Radius > most)) return;
        throw new ArgumentException(
            $"Expected {Ball.Norm} ε of at most {most:0.####}, the way across the inputs' range [{input.Min:0.####}, {input.Max:0.####}], " +
            $"got {Ball.Radius:0.####}. If ε is in 8-bit pixels, divide it by 255.");
    }

    /// <summary>The nearest legal input to a proposal: inside the ball, inside the range; the original where the proposal is not a finite number.</summary>
    /// <param name="proposal">What an attack returned.</param>
    /// <param name="original">The samples before the attack, shape <c>[N, …]</c>.</param>
    /// <param name="input">The range.</param>
    /// <exception cref="ArgumentException">The proposal has another shape or type than the original.</exception>
    internal Tensor Confine(Tensor proposal, Tensor original, InputSpec input)
    {
        if (!proposal.shape.SequenceEqual(original.shape) || proposal.dtype != original.dtype)
        {
            throw new ArgumentException(
                $"Expected the attack to return {original.dtype} [{string.Join(", ", original.shape)}], got {proposal.dtype} [{string.Join(", ", proposal.shape)}].");
        }
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var delta = where(proposal.isfinite(), proposal - original, zeros_like(original));
        return Place(delta, original, input).MoveToOuterDisposeScope();
    }

    /// <summary>The nearest legal inputs to <paramref name="inputs"/> + <paramref name="delta"/>: what every attack does after a step.</summary>
    /// <param name="delta">Finite moves, shape <c>[N, …]</c>.</param>
    /// <param name="inputs">The samples before the attack, shape <c>[N, …]</c>.</param>
    /// <param name="input">The range.</param>
    internal Tensor Place(Tensor delta, Tensor inputs, InputSpec input) =>
        Constraints is null ? Ball.Place(delta, inputs, input) : Constraints.Place(Ball, delta, inputs, input, relaxed: false);

    /// <summary>As <see cref="Place"/>, but a whole number may lie between two, and a sample be partly of one category and partly of another: where small steps add up.</summary>
    internal Tensor Relax(Tensor delta, Tensor inputs, InputSpec input) =>
        Constraints is null ? Ball.Place(delta, inputs, input) : Constraints.Place(Ball, delta, inputs, input, relaxed: true);

    /// <summary>The gradient that steps should follow: where categories exclude each other, towards the best one. Call it before <see cref="Ball.Steepest"/>.</summary>
    internal Tensor Steer(Tensor gradient, Tensor inputs) => Constraints is null ? gradient : Constraints.Steer(gradient, inputs);

    /// <summary>True for the samples where the attacker does not yet have what is wanted; a refused sample (<see cref="IClassifier.Rejected"/>) stands.</summary>
    /// <param name="predicted">What the victim says, shape <c>[N]</c>, <c>Int64</c>.</param>
    /// <param name="labels">The true classes, shape <c>[N]</c>, <c>Int64</c>.</param>
    internal Tensor Stands(Tensor predicted, Tensor labels)
    {
        using var scope = NewDisposeScope();
        if (labels.is_floating_point()) return ones_like(labels, ScalarType.Bool).MoveToOuterDisposeScope();     // a number can always be wrong by more
        return (Target is null ? predicted.eq(labels) | predicted.eq(IClassifier.Rejected) : predicted.ne(Target)).MoveToOuterDisposeScope();
    }

    /// <summary>The same threat for the samples from <paramref name="start"/>, with targets and a ball of its own that an attack may overwrite.</summary>
    internal Threat Slice(long start, long count)
    {
        using var indices = arange(start, start + count, ScalarType.Int64);
        return Select(indices);
    }

    /// <summary>The same threat for the samples with the given numbers.</summary>
    internal Threat Select(Tensor indices) => this with { Ball = Ball.Select(indices), Target = Target?.index_select(0, indices) };
}
