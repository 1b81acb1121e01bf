using System.CommandLine;
using System.Globalization;

namespace Adamant.Cli;

/// <summary>The option that says how long attacks may take, and its reading: <c>90s</c>, <c>5m</c>, <c>1.5h</c>.</summary>
internal static class Budget
{
    public static Option<string?> Option()
    {
        var option = new Option<string?>("--budget") { Description = "Stop attacking after this time, e.g. 90s, 5m, 1h, and say what was not run; samples that were not attacked count as robust." };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && Read(result.Tokens[^1].Value) is null) result.AddError($"Expected --budget as a time above 0 such as 90s, 5m or 1h, got '{result.Tokens[^1].Value}'.");
        });
        return option;
    }

    /// <summary>The time; null when none is given.</summary>
    public static TimeSpan? Of(ParseResult arguments, Option<string?> option) => arguments.GetValue(option) is { } text ? Read(text) : null;

    private static TimeSpan? Read(string text)
    {
        double? unit = text.Length == 0 ? null : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => null };
        return unit is { } seconds && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count * seconds is > 0 and <= 2_000_000
            ? TimeSpan.FromSeconds(count * seconds)
            : null;
    }
}
