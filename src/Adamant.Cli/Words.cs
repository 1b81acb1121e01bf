using System.Text.RegularExpressions;

namespace Adamant.Cli;

/// <summary>The text of a record as people read it: no empty braces, no parameters without a value.</summary>
internal static partial class Words
{
    public static string Of(string record) =>
        EmptyBraces().Replace(Unset().Replace(record, "").Replace("{ , ", "{ ", StringComparison.Ordinal), "");

    [GeneratedRegex(@"(, )?\b\w+ = (?=,| \})")]
    private static partial Regex Unset();

    [GeneratedRegex(@" \{ *\}")]
    private static partial Regex EmptyBraces();
}
