using System.CommandLine;

namespace Adamant.Cli;

/// <summary>Ranges of options, checked while the command line is parsed.</summary>
internal static class OptionRanges
{
    /// <summary>Refuses values outside of [min, max].</summary>
    public static Option<T> Within<T>(this Option<T> option, double min, double max = double.PositiveInfinity)
    {
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValueOrDefault<T>() is not { } value) return;
            var number = Convert.ToDouble(value);
            if (number >= min && number <= max) return;
            result.AddError($"Expected {option.Name} {(double.IsInfinity(max) ? $"of at least {min}" : $"in [{min}, {max}]")}, got {value}.");
        });
        return option;
    }
}
