namespace Adamant.Training;

/// <summary>
/// Falls from 1 to <paramref name="Floor"/> along half a cosine.
/// <code>factor = floor + (1 − floor) · (1 + cos(π · step / total)) / 2</code>
/// </summary>
/// <remarks>Source: Loshchilov, Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017, arXiv:1608.03983, eq. 5, without restarts.</remarks>
/// <param name="Floor">Where it ends, in [0, 1]; 0 by default.</param>
public sealed record CosineSchedule(double Floor = 0) : ISchedule
{
    /// <inheritdoc/>
    public double Factor(long step, long total) => Floor + (1 - Floor) * (1 + Math.Cos(Math.PI * step / total)) / 2;
}
