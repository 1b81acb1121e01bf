namespace Adamant.Training;

/// <summary>
/// Multiplies the learning rate by <paramref name="Gamma"/> at equal distances.
/// <code>factor = γ ^ ⌊stages · step / total⌋</code>
/// </summary>
/// <param name="Stages">The number of plateaus, at least 1; 3 by default, so that the rate drops after each third.</param>
/// <param name="Gamma">γ, above 0; 0.1 by default.</param>
public sealed record StepSchedule(int Stages = 3, double Gamma = 0.1) : ISchedule
{
    /// <inheritdoc/>
    public double Factor(long step, long total) => Math.Pow(Gamma, Stages * step / total);
}
