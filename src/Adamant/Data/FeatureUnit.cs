namespace Adamant.Data;

/// <summary>
/// How a number of a sample is written in the unit of people, where a data set scales it.
/// <code>own = low + (high − low) · x;   on a logarithmic scale own = (1 + high)ˣ − 1</code>
/// </summary>
/// <param name="Low">What 0 stands for; always 0 on a logarithmic scale.</param>
/// <param name="High">What 1 stands for; above <paramref name="Low"/>.</param>
/// <param name="IsLogarithmic">Whether equal steps are equal factors, as with sums of money.</param>
public sealed record FeatureUnit(double Low = 0, double High = 1, bool IsLogarithmic = false)
{
    /// <summary>A number that is in the unit of people already.</summary>
    public static FeatureUnit Same { get; } = new();

    /// <summary>From the number of a sample to the unit of people.</summary>
    public double Own(double input) => IsLogarithmic ? Math.Pow(1 + High, input) - 1 : Low + (Span * input);

    /// <summary>From the unit of people to the number of a sample.</summary>
    public double Input(double own) => IsLogarithmic ? Math.Log(1 + own) / Math.Log(1 + High) : (own - Low) / Span;

    /// <summary>How much of the own unit a step of 1 is, at a place.</summary>
    internal double Slope(double own) => IsLogarithmic ? (1 + own) * Math.Log(1 + High) : Span;

    /// <summary>What <c>Float32</c> can lose between the two, at a place.</summary>
    internal double Slack(double own) => 4e-7 * (Math.Abs(own) + Span);

    private double Span => High - Low;
}
