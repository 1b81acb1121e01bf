using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using Adamant.Cli.Commands;

namespace Adamant.Cli;

/// <summary>The whole command line: parses, runs, and turns every failure into one line and an exit code.</summary>
internal static class App
{
    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="output">Results, and nothing else.</param>
    /// <param name="error">Progress and errors.</param>
    /// <param name="cancellation">Ctrl-C also cancels.</param>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        var root = CreateRoot();
        var parsed = root.Parse(EnvironmentDefaults.Expand(root, arguments));
        if (parsed.UnmatchedTokens.Count > 0 || (parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true }))
        {
            await error.WriteLineAsync($"adamant: {ParseFailure.Explain(parsed)} See: {string.Join(' ', Path(parsed.CommandResult))} --help");
            return ExitCode.Misuse;
        }
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (Exception e)
        {
            var (code, line) = Failure.Explain(e);
            await error.WriteLineAsync($"adamant: {line}");
            if (Environment.GetEnvironmentVariable("ADAMANT_TRACE") == "1") await error.WriteLineAsync(e.ToString());
            return code;
        }
    }

    /// <summary>All commands, for the program, the tests and the generated documentation.</summary>
    internal static RootCommand CreateRoot()
    {
        var root = new RootCommand("Train, attack, harden and audit neural networks.")
        {
            new DemoCommand(), new TrainCommand(), new PredictCommand(), new EvaluateCommand(), new GenerateCommand(), new AttackCommand(), new DefendCommand(),
            new HardenCommand(), new CertifyCommand(), new AuditCommand(), new CorruptCommand(), new VerifyCommand(), new ExplainCommand(), new DataCommand(), new SelfTestCommand(), new DoctorCommand(),
        };
        foreach (var help in root.Options.OfType<HelpOption>()) help.Action = new HelpWithExamples();
        foreach (var version in root.Options.OfType<VersionOption>()) version.Action = new PrintVersion();
        return root;
    }

    /// <summary>The version of Adamant, without the commit that a build appends.</summary>
    public static string Version { get; } =
        typeof(App).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(Version);
            return ExitCode.Held;
        }
    }

    private static Stack<string> Path(System.CommandLine.Parsing.SymbolResult? result)
    {
        var names = new Stack<string>();
        for (; result is System.CommandLine.Parsing.CommandResult command; result = result.Parent)
            names.Push(command.Command is RootCommand ? "adamant" : command.Command.Name);
        return names;
    }
}
