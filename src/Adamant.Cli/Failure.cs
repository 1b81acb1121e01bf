using System.Text.RegularExpressions;

namespace Adamant.Cli;

/// <summary>Turns an exception into what a person can use: one line and an exit code.</summary>
internal static partial class Failure
{
    public static (int Code, string Line) Explain(Exception e) => e switch
    {
        OperationCanceledException => (ExitCode.Inconclusive, "Canceled."),
        FileNotFoundException { FileName: { } name } when e.Message.StartsWith("Could not find file", StringComparison.Ordinal) =>
            (ExitCode.Misuse, $"There is no file '{name}'."),
        ArgumentException or InvalidDataException or FormatException => (ExitCode.Misuse, Line(e)),
        IOException when e.Message.StartsWith("No space left", StringComparison.Ordinal) && !e.Message.Contains('\'', StringComparison.Ordinal) =>
            (ExitCode.Misuse, "The output cannot be written: no space is left where it goes."),
        IOException when e.Message.StartsWith("No space left", StringComparison.Ordinal) =>
            (ExitCode.Misuse, $"The disk is full: {Written(e.Message)} could not be written, and what was there before is unchanged. Free some space, or choose another path."),
        IOException or UnauthorizedAccessException => (ExitCode.Misuse, Line(e)),
        NotSupportedException => (ExitCode.Misuse, Line(e)),
        Victims.QueryBudgetException => (ExitCode.Inconclusive, Line(e)),
        TypeInitializationException or DllNotFoundException => (ExitCode.Internal, "The engine does not load. Run: adamant doctor"),
        System.Runtime.InteropServices.ExternalException => (ExitCode.Internal, $"Internal error: {e.Message.Split('\n')[0].Trim()} {Report}"),
        _ => (ExitCode.Internal, $"Internal error: {Line(e)} {Report}"),
    };

    private const string Report = "This is a defect: set ADAMANT_TRACE=1 and report what it prints.";

    /// <summary>The file of .NET's "No space left on device : '/folder/.name.random.tmp'", by the name that it would have got.</summary>
    private static string Written(string message) => Temporary().Replace(message[(message.IndexOf('\'') is var at and >= 0 ? at : 0)..], "$1$2");

    [GeneratedRegex(@"([/\\])\.([^/\\]+)\.\w{8}\.\w{3}\.tmp")]
    private static partial Regex Temporary();

    /// <summary>The message on one line, without .NET's " (Parameter 'x')".</summary>
    private static string Line(Exception e)
    {
        var text = e.Message.ReplaceLineEndings(" ").Trim();
        var native = text.IndexOf(" Exception raised from ", StringComparison.Ordinal);          // libtorch adds its own stack
        if (native > 0) text = text[..native];
        var parameter = text.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return parameter > 0 ? text[..parameter] : text;
    }
}
