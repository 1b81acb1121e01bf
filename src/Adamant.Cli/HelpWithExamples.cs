using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Adamant.Cli.Commands;

namespace Adamant.Cli;

/// <summary>The generated help, followed by examples that can be pasted.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction standard = new();

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        standard.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var (notes, examples) = parseResult.CommandResult.Command switch
        {
            CliCommand command => (command.Notes, command.Examples),
            RootCommand => ("", ["adamant demo", "adamant train --help"]),
            var group => ("", [.. group.Subcommands.OfType<CliCommand>().Select(c => c.Examples[0])]),
        };
        if (notes.Length > 0) output.WriteLine(notes.TrimEnd() + Environment.NewLine);
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples) output.WriteLine($"  {example}");
            output.WriteLine();
        }
        output.WriteLine("Every option is also a variable: --batch-size is ADAMANT_BATCH_SIZE. Exit codes: 0 held, 1 a threshold failed,");
        output.WriteLine("2 misuse, 3 inconclusive (canceled), 4 internal error.");
        return ExitCode.Held;
    }
}
