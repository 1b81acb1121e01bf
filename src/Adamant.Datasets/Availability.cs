namespace Adamant.Datasets;

/// <summary>Whether a data set can be loaded.</summary>
/// <param name="IsAvailable">It can.</param>
/// <param name="Reason">Where it comes from, or what is missing.</param>
/// <param name="HowToGet">What to do when it is missing; empty otherwise.</param>
public sealed record Availability(bool IsAvailable, string Reason, string HowToGet = "")
{
    /// <summary>Part of this assembly.</summary>
    public static Availability Embedded { get; } = new(true, "embedded");

    /// <summary>Made on demand.</summary>
    public static Availability Generated { get; } = new(true, "generated");
}
