using System.Text.Json;

namespace Adamant.Cli.Tests;

public sealed class EnvironmentTests(TrainedModels models) : CommandLineTest(models)
{
    private readonly List<string> set = [];

    public override void Dispose()
    {
        foreach (var name in set) Environment.SetEnvironmentVariable(name, null);
        base.Dispose();
    }

    [Fact]
    public async Task A_variable_sets_an_option_and_the_command_line_wins()
    {
        Set("ADAMANT_DATA", "digits");
        Set("ADAMANT_LIMIT", "7");
        Set("ADAMANT_JSON", "true");
        Set("ADAMANT_ATTACK", "fgsm pgd");
        Assert.Equal(7, await Samples("attack", Models.Cnn));
        Assert.Equal(5, await Samples("attack", Models.Cnn, "--limit", "5"));
        Assert.Equal(5, await Samples("attack", Models.Cnn, "-n", "5"));
    }

    [Fact]
    public async Task A_variable_is_checked_as_an_option_is()
    {
        Set("ADAMANT_EPSILON", "wide");
        await CliRun.Refused(["attack", Models.Cnn, "-d", "digits"], "Expected a number for --epsilon, got 'wide'.");
    }

    [Fact]
    public async Task The_folder_of_the_data_from_a_variable_stays_out_of_what_is_published()
    {
        Set("ADAMANT_DATA_DIR", Folder);
        Assert.Equal(ExitCode.Held, (await CliRun.Of("audit", Models.Cnn, "-d", "digits", "-n", "4", "--curve-samples", "2", "-a", "fgsm", "-o", At("report"))).Code);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(At("report/audit.json"), Cancellation));
        var command = json.RootElement.GetProperty("reproduction").GetProperty("command").GetString();
        Assert.DoesNotContain("--data-dir", command, StringComparison.Ordinal);
        Assert.EndsWith("--output " + At("report"), command!.Replace(" -o ", " --output ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static async Task<int> Samples(params string[] line)
    {
        var run = await CliRun.Of(line);
        Assert.Equal((ExitCode.Held, ""), (run.Code, run.Error.Contains("adamant:", StringComparison.Ordinal) ? run.Error : ""));
        using var json = JsonDocument.Parse(run.Output);
        return json.RootElement.GetProperty("samples").GetInt32();
    }

    private void Set(string name, string value)
    {
        set.Add(name);
        Environment.SetEnvironmentVariable(name, value);
    }
}
