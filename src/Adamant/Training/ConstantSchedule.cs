namespace Adamant.Training;

/// <summary>The same learning rate throughout. <code>factor = 1</code></summary>
public sealed record ConstantSchedule : ISchedule
{
    /// <inheritdoc/>
    public double Factor(long step, long total) => 1;
}
