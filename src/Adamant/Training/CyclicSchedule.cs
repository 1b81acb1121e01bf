namespace Adamant.Training;

/// <summary>
/// One triangle: up from almost 0 to 1 at <paramref name="Peak"/>, and down again.
/// <code>t = (step + 1) / (total + 1);   factor = t / peak up to the peak, (1 − t) / (1 − peak) after it</code>
/// </summary>
/// <remarks>
/// Lets adversarial training converge in few epochs. Both ends of the triangle lie just outside of the training, so that no step is wasted at rate 0.
/// Source: Wong, Rice, Kolter, "Fast is better than free: Revisiting adversarial training", ICLR 2020, arXiv:2001.03994, §4.3;
/// Smith, "Cyclical Learning Rates for Training Neural Networks", WACV 2017, arXiv:1506.01186.
/// </remarks>
/// <param name="Peak">When the rate is highest, as a share of the training, in (0, 1); 0.5 by default.</param>
public sealed record CyclicSchedule(double Peak = 0.5) : ISchedule
{
    /// <inheritdoc/>
    public double Factor(long step, long total)
    {
        var t = (step + 1.0) / (total + 1.0);
        return t <= Peak ? t / Peak : (1 - t) / (1 - Peak);
    }
}
