namespace Adamant.Cli.Tests;

/// <summary>What one command line answered.</summary>
public sealed record CliRun(int Code, string Output, string Error)
{
    /// <summary>Runs in this process, and checks what holds for every command line: no stack trace, no terminal codes.</summary>
    public static async Task<CliRun> Of(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await App.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        var run = new CliRun(code, output.ToString(), error.ToString());
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output + run.Error);
        return run;
    }

    /// <summary>One clear line on standard error after any progress, exit code 2, nothing on standard output.</summary>
    public static async Task Refused(string[] arguments, params string[] words)
    {
        var run = await Of(arguments);
        var line = Assert.Single(run.Error.Split('\n'), l => l.StartsWith("adamant: ", StringComparison.Ordinal));
        Assert.EndsWith(line + "\n", run.Error, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.Equal(ExitCode.Misuse, run.Code);
        Assert.Empty(run.Output);
    }
}
