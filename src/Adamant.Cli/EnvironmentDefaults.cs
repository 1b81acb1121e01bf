using System.CommandLine;
using System.CommandLine.Parsing;

namespace Adamant.Cli;

/// <summary>Every option can also be set by a variable: <c>--batch-size</c> by <c>ADAMANT_BATCH_SIZE</c>. The command line wins.</summary>
internal static class EnvironmentDefaults
{
    /// <summary>Adds <c>--option=value</c> for each option of the chosen command that is absent and whose variable is set.</summary>
    public static IReadOnlyList<string> Expand(RootCommand root, IReadOnlyList<string> arguments)
    {
        var command = root.Parse(arguments).CommandResult;
        var expanded = new List<string>(arguments);
        foreach (var option in command.Command.Options.Where(o => o is not (System.CommandLine.Help.HelpOption or VersionOption)))
        {
            if (command.GetResult(option) is OptionResult { Implicit: false }) continue;
            if (Environment.GetEnvironmentVariable(Variable(option)) is { Length: > 0 } value) expanded.AddRange(Tokens(option, value));
        }
        return expanded;
    }

    /// <summary>A switch is on for 1 and true; several values stand with blanks between.</summary>
    private static IEnumerable<string> Tokens(Option option, string value)
    {
        if (option.ValueType == typeof(bool)) return [$"{option.Name}={(value == "1" ? "true" : value == "0" ? "false" : value)}"];
        var values = option.ValueType.IsArray ? value.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [value];
        return values.Select(v => $"{option.Name}={v}");
    }

    /// <summary>The variable of an option.</summary>
    public static string Variable(Option option) => "ADAMANT_" + option.Name.TrimStart('-').Replace('-', '_').ToUpperInvariant();
}
