namespace Adamant.Training;

/// <summary>How the learning rate changes over a training.</summary>
public interface ISchedule
{
    /// <summary>The factor on the learning rate.</summary>
    /// <param name="step">From 0 to <paramref name="total"/> − 1.</param>
    /// <param name="total">All steps of the training; at least 1.</param>
    /// <returns>Usually from 0 to 1.</returns>
    double Factor(long step, long total);
}
