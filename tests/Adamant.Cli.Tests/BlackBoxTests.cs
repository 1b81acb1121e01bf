using System.Text.Json;

namespace Adamant.Cli.Tests;

/// <summary>Attacks with a budget of questions, attacks by way of a surrogate, and corruptions, on the command line.</summary>
public sealed class BlackBoxTests(TrainedModels models) : CommandLineTest(models)
{
    [Theory]
    [InlineData("hop-skip-jump", "l2", "1")]
    [InlineData("spsa", "linf", "0.2")]
    [InlineData("one-pixel", "l0", "2")]
    public async Task A_budget_binds_each_sample_and_all_of_them(string attack, string norm, string epsilon)
    {
        var run = await CliRun.Of("attack", Models.Cnn, "-d", "digits", "-n", "10", "-a", attack, "--norm", norm, "-e", epsilon, "--queries", "40", "--json");

        Assert.Equal(ExitCode.Held, run.Code);
        var summary = JsonDocument.Parse(run.Output).RootElement;
        Assert.Contains("Queries = 40", summary.GetProperty("attack").GetString(), StringComparison.Ordinal);
        Assert.InRange(summary.GetProperty("forwards").GetInt64(), 10, 400);
        Assert.Equal(0, summary.GetProperty("gradients").GetInt64());
    }

    [Fact]
    public async Task An_attack_that_does_not_count_is_stopped_by_the_budget()
    {
        var run = await CliRun.Of("attack", Models.Cnn, "-d", "digits", "-n", "10", "-a", "pgd", "--queries", "5");

        Assert.Equal(ExitCode.Inconclusive, run.Code);
        Assert.Contains("The query budget is 81 samples", run.Error, StringComparison.Ordinal);        // 1 + 10 · (2 + 6)
    }

    [Fact]
    public async Task An_attack_goes_by_way_of_a_surrogate_of_the_same_inputs()
    {
        var run = await CliRun.Of("attack", Models.Cnn, "-d", "digits", "-n", "20", "-a", "mi-fgsm", "--via", Models.Cnn, "--json");

        Assert.Equal(ExitCode.Held, run.Code);
        var summary = JsonDocument.Parse(run.Output).RootElement;
        Assert.StartsWith("Transfer(MiFgsm", summary.GetProperty("attack").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, summary.GetProperty("forwards").GetInt64());
        Assert.True(summary.GetProperty("robustAccuracy").GetProperty("value").GetDouble() < summary.GetProperty("cleanAccuracy").GetProperty("value").GetDouble());
        await CliRun.Refused(["attack", Models.Cnn, "-d", "digits", "--via", Models.Mlp], "Expected --via with a model of the same inputs and classes");
        await CliRun.Refused(["attack", Models.Cnn, "-d", "digits", "--via", At("none.safetensors")], "There is no file");
    }

    [Fact]
    public async Task Corruptions_are_a_table_and_json()
    {
        var text = await CliRun.Of("corrupt", Models.Cnn, "-d", "digits", "-n", "30", "-c", "fog", "jpeg", "-s", "3", "5");
        Assert.Equal(ExitCode.Held, text.Code);
        Assert.Contains("corruption", text.Output, StringComparison.Ordinal);
        Assert.Contains("fog", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("snow", text.Output, StringComparison.Ordinal);

        var run = await CliRun.Of("corrupt", Models.Cnn, "-d", "digits", "-n", "30", "--baseline", Models.Cnn, "-c", "fog", "contrast", "--json");
        var summary = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(10, summary.GetProperty("scores").GetArrayLength());
        Assert.Equal(1, summary.GetProperty("meanCorruptionError").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Corruptions_refuse_what_they_cannot_do()
    {
        await CliRun.Refused(["corrupt", Models.Cnn, "-d", "digits", "-c", "rain"], "Expected a corruption (gaussian-noise, ");
        await CliRun.Refused(["corrupt", Models.Cnn, "-d", "digits", "-s", "6"], "Expected --severity from 1 to 5, got 6.");
        await CliRun.Refused(["corrupt", Models.Mlp, "-d", "wdbc"], "Expected images [N, C, H, W] with bounds to corrupt");
    }
}
