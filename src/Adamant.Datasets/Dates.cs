using System.Globalization;
using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>Dates as people write them, and as ISO 8601 does: <c>3rd of May 2021</c> is <c>2021-05-03</c>. Generated.</summary>
/// <remarks>Days of the years 1900 to 2099 in six ways of writing. A day of the test occurs in no way of writing in the training part.</remarks>
public sealed class Dates : PairSet
{
    private static readonly DateTime First = new(1900, 1, 1);

    /// <inheritdoc/>
    public override string Name => "dates";

    /// <inheritdoc/>
    public override int SourceLength => 22;

    /// <inheritdoc/>
    public override int TargetLength => 11;

    private protected override string Description => "Dates as people write them, to be written as 2021-05-03.";

    private protected override string Characters => " ,-./0123456789ADFJMNOSabcdefghilmnoprstuvy";

    private protected override (string Source, string Target) Make(SplitMix random)
    {
        var day = First.AddDays(random.Below(73_049));
        var source = random.Below(6) switch
        {
            0 => $"{Ordinal(day.Day)} of {Text(day, "MMMM yyyy")}",
            1 => $"{Text(day, "MMMM")} {Ordinal(day.Day)}, {Text(day, "yyyy")}",
            2 => Text(day, "d MMM yyyy"),
            3 => Text(day, "dd.MM.yyyy"),
            4 => Text(day, "yyyy/M/d"),
            _ => Text(day, "d MMMM yyyy").ToLowerInvariant(),
        };
        return (source, Text(day, "yyyy-MM-dd"));
    }

    private static string Text(DateTime day, string format) => day.ToString(format, CultureInfo.InvariantCulture);

    private static string Ordinal(int day) => day + (day switch { 1 or 21 or 31 => "st", 2 or 22 => "nd", 3 or 23 => "rd", _ => "th" });
}
