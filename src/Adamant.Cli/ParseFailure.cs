using System.CommandLine;
using System.CommandLine.Parsing;

namespace Adamant.Cli;

/// <summary>Says in one line why a command line cannot be parsed: expected, and got.</summary>
internal static class ParseFailure
{
    public static string Explain(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is [var unknown, ..])
            return parsed.CommandResult.Command.Subcommands.Count > 0 && !unknown.StartsWith('-') ? $"There is no command '{unknown}'." : $"There is no option '{unknown}'.";
        var error = parsed.Errors[0];
        if (parsed.CommandResult.Command is { Action: null, Subcommands.Count: > 0 } command)
            return $"Expected a command: {string.Join(", ", command.Subcommands.Select(c => c.Name))}.";
        var lines = error.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (error.SymbolResult is not OptionResult { Option: var option, Tokens: var tokens }) return string.Join(' ', lines);
        var got = tokens.Count > 0 ? $"got '{tokens[^1].Value}'" : "got nothing";
        if (lines.Length > 1) return $"Expected {option.Name} to be {string.Join(" or ", lines[1..].Select(l => l.Trim('\'')))}, {got}.";
        return error.Message.Contains("System.", StringComparison.Ordinal) ? $"Expected {Kind(option.ValueType)} for {option.Name}, {got}." : lines[0];
    }

    private static string Kind(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.Double => "a number",
        TypeCode.Boolean => "true or false",
        _ => "another value",
    };
}
