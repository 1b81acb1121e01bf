using System.Text.Json.Nodes;

namespace Adamant.Cli.Tests;

public sealed class JsonTests(TrainedModels models) : CommandLineTest(models)
{
    private static readonly string[] Timings = ["seconds", "samplesPerSecond", "throughput", "created", "elapsed", "command", "memory"];

    [Theory]
    [InlineData("doctor")]
    [InlineData("data list")]
    [InlineData("data show wdbc")]
    [InlineData("data verify digits")]
    [InlineData("data export digits {folder}/d.npz --limit 10")]
    [InlineData("train -d wdbc --epochs 1 -o {folder}/m.safetensors")]
    [InlineData("harden -d wdbc --epochs 1 -o {folder}/m.safetensors")]
    [InlineData("evaluate {cnn} -d digits")]
    [InlineData("predict {cnn} -d digits -n 5")]
    [InlineData("attack {cnn} -d digits -n 5")]
    [InlineData("attack {cnn} -d digits -n 5 --fail-under 0")]
    [InlineData("audit {cnn} -d digits -n 12 --curve-samples 4 --evidence {folder}/evidence --budget 5m -o {folder}/report")]
    [InlineData("defend {cnn} -d digits -n 5 --sanitizer jpeg")]
    public async Task Only_JSON_is_on_standard_output(string line)
    {
        var run = await Run(line);
        Assert.Equal(ExitCode.Held, run.Code);
        Assert.NotNull(JsonNode.Parse(run.Output));
    }

    [Theory]
    [InlineData("train -d wdbc --epochs 2 -o {folder}/m.safetensors")]
    [InlineData("attack {cnn} -d digits -n 20 --restarts 2 --seed 5")]
    [InlineData("audit {cnn} -d digits -n 12 --curve-samples 4 -o {folder}/report")]
    public async Task The_same_seed_says_the_same(string line)
    {
        var first = WithoutTimings((await Run(line)).Output);
        Assert.Equal(first, WithoutTimings((await Run(line)).Output));
    }

    [Fact]
    public Task Errors_go_to_standard_error() => CliRun.Refused(["evaluate", At("none.safetensors"), "-d", "digits", "--json"], "There is no file");

    private Task<CliRun> Run(string line) =>
        CliRun.Of([.. line.Split(' ').Select(w => w.Replace("{cnn}", Models.Cnn).Replace("{folder}", Folder)), "--json"]);

    private static string WithoutTimings(string json)
    {
        var root = JsonNode.Parse(json)!;
        Strip(root);
        return root.ToJsonString();
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray items) foreach (var item in items) Strip(item);
        if (node is not JsonObject parts) return;
        foreach (var name in parts.Select(p => p.Key).ToList())
        {
            // a trained file holds the time at which it was written
            if (Timings.Any(t => name.Contains(t, StringComparison.OrdinalIgnoreCase)) || (name == "sha256" && parts.ContainsKey("history"))) parts.Remove(name);
            else Strip(parts[name]);
        }
    }
}
