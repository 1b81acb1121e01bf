using System.Diagnostics;

namespace Adamant.Cli;

/// <summary>How long work will still take, judged by its pace since the first report: resumed work does not start at 0.</summary>
internal sealed class TimeLeft
{
    private readonly Stopwatch clock = new();
    private double first;

    /// <summary>As <c>0:42 left</c>, or nothing as long as there is no pace to go by.</summary>
    public string At(double share)
    {
        if (!clock.IsRunning)
        {
            first = share;
            clock.Start();
        }
        return share > first ? Text(clock.Elapsed * Math.Max(0, (1 - share) / (share - first))) : "";
    }

    private static string Text(TimeSpan left) => $"{(int)left.TotalMinutes}:{left.Seconds:00} left";
}
