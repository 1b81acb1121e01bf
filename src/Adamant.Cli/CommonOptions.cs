using System.CommandLine;
using Adamant.Attacks;

namespace Adamant.Cli;

/// <summary>Options that several commands share, so that they are spelled and explained once.</summary>
internal static class CommonOptions
{
    public static Argument<string> Model() => new("model") { Description = "A model file of Adamant (.safetensors)." };

    public static Option<double> Epsilon() => new Option<double>("--epsilon", "-e")
    {
        Description = "How far a sample may be moved, in the units of the input.",
        DefaultValueFactory = _ => 0.1,
    }.Within(0);

    public static Option<string> Norm()
    {
        var option = new Option<string>("--norm") { Description = "How the move is measured.", DefaultValueFactory = _ => "linf" };
        return option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "linf", "l2", "l1", "l0");
    }

    public static Option<long?> Limit() => new Option<long?>("--limit", "-n") { Description = "Use only the first so many samples." }.Within(1);

    public static Option<int> BatchSize(int fallback) =>
        new Option<int>("--batch-size", "-b") { Description = "Samples at once.", DefaultValueFactory = _ => fallback }.Within(1, 1 << 20);

    public static Option<int> Seed() => new("--seed") { Description = "Fixes everything that is random.", DefaultValueFactory = _ => 0 };

    public static Option<double?> FailUnder() => new Option<double?>("--fail-under")
    {
        Description = "Exit with 1 when the robust accuracy is below this share (0 to 1).",
    }.Within(0, 1);

    /// <summary>The ball of a norm's name.</summary>
    public static Ball Ball(string norm, double radius) => norm.ToLowerInvariant() switch
    {
        "l0" => new L0(radius),
        "l1" => new L1(radius),
        "l2" => new L2(radius),
        _ => new Linf(radius),
    };

    /// <summary>Splits <c>name=value</c>.</summary>
    public static (string Name, string Value) Pair(string text, string option)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? (text[..at], text[(at + 1)..]) : throw new ArgumentException($"Expected {option} name=value, got '{text}'.");
    }
}
