using Adamant.Victims;

namespace Adamant.Attacks;

/// <summary>What an attacker may do, and what counts as a success.</summary>
/// <param name="Ball">How far each sample may be moved.</param>
public sealed record Threat(Ball Ball)
{
    /// <summary>
    /// The classes that the attacker wants, shape <c>[N]</c>, <c>Int64</c>, one per sample; null when any wrong class will do.
    /// </summary>
    public Tensor? Target { get; init; }

    /// <summary>+1 to climb the loss away from the truth, −1 to descend it towards the target.</summary>
    internal int Direction => Target is null ? 1 : -1;

    /// <summary>Refuses an ε that is larger than the whole range of the inputs: nearly always a unit mistaken.</summary>
    /// <exception cref="ArgumentException">ε exceeds the range of the victim's inputs.</exception>
    public void Check(InputSpec input)
    {
        var range = input.Max - input.Min;
        if (Ball is Linf && Ball.Radius > range)
        {
            throw new ArgumentException(
                $"Expected ε of at most {range:0.####}, the range of the inputs [{input.Min:0.####}, {input.Max:0.####}], got {Ball.Radius:0.####}. " +
                "If ε is in 8-bit pixels, divide it by 255.");
        }
        if (input.Type == ScalarType.Int64)
            throw new ArgumentException("Expected inputs that can be moved by a small step, got token numbers. Use an attack on tokens.");
    }

    /// <summary>The same threat for the samples from <paramref name="start"/>.</summary>
    internal Threat Slice(long start, long count) => Target is null ? this : this with { Target = Target.narrow(0, start, count) };
}
