namespace Adamant.Training;

/// <summary>
/// Rises linearly over the first part of the training, then follows another schedule over the rest.
/// <code>factor = (step + 1) / w for step &lt; w = ⌈share · total⌉;   then(step − w, total − w) after it</code>
/// </summary>
/// <remarks>Source: Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", arXiv:1706.02677, §2.2.</remarks>
/// <param name="Then">What follows.</param>
/// <param name="Share">The share of the warm-up, in [0, 1); 0.05 by default.</param>
public sealed record WarmUp(ISchedule Then, double Share = 0.05) : ISchedule
{
    /// <inheritdoc/>
    public double Factor(long step, long total)
    {
        var rising = (long)Math.Ceiling(Share * total);
        return step < rising ? (step + 1.0) / rising : Then.Factor(step - rising, total - rising);
    }
}
