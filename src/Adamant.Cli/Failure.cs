namespace Adamant.Cli;

/// <summary>Turns an exception into what a person can use: one line and an exit code.</summary>
internal static class Failure
{
    public static (int Code, string Line) Explain(Exception e) => e switch
    {
        OperationCanceledException => (ExitCode.Inconclusive, "canceled."),
        FileNotFoundException { FileName: { } name } when e.Message.StartsWith("Could not find file", StringComparison.Ordinal) => (ExitCode.Misuse, $"there is no file '{name}'."),
        ArgumentException or InvalidDataException or FormatException => (ExitCode.Misuse, Line(e)),
        IOException or UnauthorizedAccessException => (ExitCode.Misuse, Line(e)),
        NotSupportedException => (ExitCode.Misuse, Line(e)),
        Victims.QueryBudgetException => (ExitCode.Inconclusive, Line(e)),
        TypeInitializationException or DllNotFoundException => (ExitCode.Internal, "the engine does not load. Run: adamant doctor"),
        System.Runtime.InteropServices.ExternalException => (ExitCode.Internal, $"internal error: {e.Message.Split('\n')[0].Trim()} {Report}"),
        _ => (ExitCode.Internal, $"internal error: {Line(e)} {Report}"),
    };

    private const string Report = "This is a defect: set ADAMANT_TRACE=1 and report what it prints.";

    /// <summary>The message on one line, without .NET's " (Parameter 'x')".</summary>
    private static string Line(Exception e)
    {
        var text = e.Message.ReplaceLineEndings(" ").Trim();
        var parameter = text.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return parameter > 0 ? text[..parameter] : text;
    }
}
