using System.CommandLine;

namespace Adamant.Cli;

/// <summary>The command line as it could be pasted again.</summary>
internal static class CommandText
{
    public static string Of(ParseResult arguments, string more = "") =>
        "adamant " + string.Join(' ', Tokens(arguments).Select(t => t.Any(c => char.IsWhiteSpace(c) || "\"'$`\\*?&|;<>()".Contains(c)) ? Quote(t) : t)) + more;

    /// <summary>Without the folder of the data where the environment says it: that is this machine's business, and another one has its own.</summary>
    private static IEnumerable<string> Tokens(ParseResult arguments)
    {
        string[] all = [.. arguments.Tokens.Select(t => t.Value)];
        var folder = Environment.GetEnvironmentVariable("ADAMANT_DATA_DIR");
        bool IsFolder(int i) => i >= 0 && i + 1 < all.Length && all[i] == "--data-dir" && all[i + 1] == folder;
        return all.Where((_, i) => !IsFolder(i) && !IsFolder(i - 1));
    }

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
