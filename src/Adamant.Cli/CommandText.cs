using System.CommandLine;

namespace Adamant.Cli;

/// <summary>The command line as it could be pasted again.</summary>
internal static class CommandText
{
    public static string Of(ParseResult arguments, string more = "") =>
        "adamant " + string.Join(' ', arguments.Tokens.Select(t => t.Value.Any(c => char.IsWhiteSpace(c) || "\"'$`\\*?&|;<>()".Contains(c)) ? Quote(t.Value) : t.Value)) + more;

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
