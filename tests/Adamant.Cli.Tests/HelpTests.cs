using System.CommandLine;
using System.CommandLine.Parsing;
using Adamant.Cli.Commands;

namespace Adamant.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. Walk(App.CreateRoot(), "").Select(c => c.Path)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_has_help_with_examples(string path)
    {
        var run = await CliRun.Of([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal(ExitCode.Held, run.Code);
        Assert.Empty(run.Error);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:", run.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_example_parses()
    {
        var root = App.CreateRoot();
        var examples = Walk(root, "").Select(c => c.Command).OfType<CliCommand>().SelectMany(c => c.Examples).ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            Assert.StartsWith("adamant ", example, StringComparison.Ordinal);
            Assert.Empty(root.Parse([.. CommandLineParser.SplitCommandLine(example).Skip(1)]).Errors);
        });
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var run = await CliRun.Of("--version");
        Assert.Equal((ExitCode.Held, App.Version + "\n", ""), (run.Code, run.Output, run.Error));
    }

    private static IEnumerable<(string Path, Command Command)> Walk(Command command, string path) =>
        [(path, command), .. command.Subcommands.SelectMany(c => Walk(c, $"{path} {c.Name}".Trim()))];
}
