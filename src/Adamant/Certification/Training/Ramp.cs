namespace Adamant.Certification.Training;

/// <summary>
/// Grows from 0 to 1 while a training goes on.
/// <code>r(t) = (t − Start) / (End − Start), cut to [0, 1];   t: the share of the training that is done</code>
/// </summary>
/// <remarks>Bounds of an untrained network are so wide that training on them at full ε ends in a constant answer.</remarks>
/// <param name="Start">Plain training until then; at least 0, 0.02 by default.</param>
/// <param name="End">Full size from then on; above <paramref name="Start"/>, at most 1, 0.6 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">Not 0 ≤ Start &lt; End ≤ 1.</exception>
public sealed record Ramp(double Start = 0.02, double End = 0.6)
{
    /// <summary>Until then 0.</summary>
    public double Start { get; } = Start >= 0 && Start < End ? Start : throw new ArgumentOutOfRangeException(nameof(Start), Start, $"Expected a start of at least 0 and below the end, {End}.");

    /// <summary>From then on 1.</summary>
    public double End { get; } = End <= 1 ? End : throw new ArgumentOutOfRangeException(nameof(End), End, "Expected an end of at most 1.");

    /// <summary>How much of the full size applies.</summary>
    /// <param name="done">The share of the training that is done.</param>
    public double At(double done) => Math.Clamp((done - Start) / (End - Start), 0, 1);
}
