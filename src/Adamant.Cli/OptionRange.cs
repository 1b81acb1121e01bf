using System.CommandLine;
using System.Globalization;

namespace Adamant.Cli;

/// <summary>Limits of numeric options, told as every other error of the command line.</summary>
internal static class OptionRange
{
    /// <summary>Refuses values outside the range, and NaN.</summary>
    public static Option<T> Within<T>(this Option<T> option, double low, double high = double.PositiveInfinity)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 0 || !double.TryParse(result.Tokens[^1].Value, CultureInfo.InvariantCulture, out var value)) return;
            if (value >= low && value <= high && double.IsFinite(value)) return;
            var range = double.IsPositiveInfinity(high) ? $"at least {low}" : $"from {low} to {high}";
            result.AddError($"Expected {option.Name} {range}, got {result.Tokens[^1].Value}.");
        });
        return option;
    }
}
