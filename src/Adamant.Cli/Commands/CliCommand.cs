using System.CommandLine;

namespace Adamant.Cli.Commands;

/// <summary>One command: its options are fields, its work is <see cref="Run"/>.</summary>
internal abstract class CliCommand : Command
{
    private readonly Option<bool> json = new("--json") { Description = "Print the result as JSON on standard output, and nothing else there." };

    protected CliCommand(string name, string description) : base(name, description)
    {
        Options.Add(json);
        SetAction((arguments, cancellation) => Task.FromResult(Execute(arguments, cancellation)));
    }

    /// <summary>Command lines that can be pasted, shown below the help.</summary>
    public IReadOnlyList<string> Examples { get; protected init; } = [];

    /// <summary>What else the help should say, e.g. a list of attacks.</summary>
    public virtual string Notes => "";

    /// <summary>Does the work on the calling thread.</summary>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    protected abstract int Run(ParseResult arguments, Screen screen, CancellationToken cancellation);

    /// <summary>Tensor code is synchronous on one thread; only this edge is asynchronous.</summary>
    private int Execute(ParseResult arguments, CancellationToken cancellation)
    {
        var screen = new Screen(arguments.InvocationConfiguration, arguments.GetValue(json));
        using var scope = NewDisposeScope();
        return Run(arguments, screen, cancellation);
    }

    /// <summary>Adds an option and hands it back, so that a field can hold it.</summary>
    protected TOption With<TOption>(TOption option)
        where TOption : Option
    {
        Options.Add(option);
        return option;
    }

    /// <summary>Adds an argument and hands it back, so that a field can hold it.</summary>
    protected Argument<T> With<T>(Argument<T> argument)
    {
        Arguments.Add(argument);
        return argument;
    }
}
