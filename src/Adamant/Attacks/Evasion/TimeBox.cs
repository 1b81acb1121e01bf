using System.Diagnostics;

namespace Adamant.Attacks.Evasion;

/// <summary>How long attacks may take in all. What they have found when the time is up counts; what was not tried is said, and counts as robust.</summary>
/// <remarks>
/// The result is a valid upper bound of the robust accuracy at any budget, and a loose one at a small budget. An attack obeys within one step; the batch that it was
/// working on is as it was before. The clock starts when the box is made.
/// </remarks>
public sealed class TimeBox : IDisposable
{
    private readonly CancellationTokenSource source;
    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>Starts the clock.</summary>
    /// <param name="budget">At least 0; at most 24 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, or too long for a clock.</exception>
    public TimeBox(TimeSpan budget)
    {
        if (budget < TimeSpan.Zero || budget.TotalMilliseconds > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(budget), budget, "Expected a time from 0 to 24 days.");
        Budget = budget;
        source = new CancellationTokenSource(budget);
    }

    /// <summary>The whole time.</summary>
    public TimeSpan Budget { get; }

    /// <summary>What is left; 0 when the time is up.</summary>
    public TimeSpan Left => Stopwatch.GetElapsedTime(started) is var gone && gone < Budget ? Budget - gone : TimeSpan.Zero;

    /// <summary>Whether the time is up.</summary>
    public bool IsUp => source.IsCancellationRequested;

    /// <summary>Canceled when the time is up.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Stops the clock.</summary>
    public void Dispose() => source.Dispose();
}
