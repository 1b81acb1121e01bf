using System.Text.Json;

namespace Adamant.Cli.Tests;

public sealed class DefendTests(TrainedModels models) : CommandLineTest(models)
{
    [Fact]
    public async Task A_sanitizer_is_shown_with_both_attacks_and_the_number_to_believe()
    {
        var run = await CliRun.Of("defend", Models.Cnn, "-d", "digits", "-n", "24", "--sanitizer", "bit-depth=2", "median", "--steps", "4");

        Assert.Equal(ExitCode.Held, run.Code);
        Assert.Contains("BitDepth { Bits = 2 }, Median { Size = 3 }; Linf 0.1, on 24 samples of digits", run.Output, StringComparison.Ordinal);
        Assert.Contains("robust, attacker does not know the defense", run.Output, StringComparison.Ordinal);
        Assert.Contains("robust, attacker knows the defense", run.Output, StringComparison.Ordinal);
        Assert.Contains("Believe ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_detector_is_calibrated_on_samples_that_are_not_attacked()
    {
        var run = await CliRun.Of(
            "defend", Models.Mlp, "-d", "wdbc", "-n", "20", "--detector", "mahalanobis=0.05", "--fpr", "0.1", "--steps", "3", "--set", "orthogonal=false", "--json");
        Assert.Contains("Expected a parameter of pgd", run.Error, StringComparison.Ordinal);

        run = await CliRun.Of("defend", Models.Mlp, "-d", "wdbc", "-n", "20", "--detector", "mahalanobis=0.05", "--fpr", "0.1", "--steps", "3", "--json");
        var json = JsonDocument.Parse(run.Output).RootElement;

        Assert.Equal("Mahalanobis { Shrinkage = 0.05 } at a rate of 0.1", json.GetProperty("defense").GetString());
        Assert.Equal(20, json.GetProperty("falsePositives").GetProperty("trials").GetInt32());
        var (naive, adaptive, believe) = (Value("robustNaive"), Value("robustAdaptive"), Value("believe"));
        Assert.Equal(Math.Min(naive, adaptive), believe);
        Assert.StartsWith("WorstOf(Pgd", json.GetProperty("adaptiveAttack").GetString(), StringComparison.Ordinal);

        double Value(string name) => json.GetProperty(name).GetProperty("value").GetDouble();
    }

    [Fact]
    public async Task Attack_audit_and_evaluate_take_sanitizers_and_the_attacks_know_them()
    {
        var attack = await CliRun.Of("attack", Models.Cnn, "-d", "digits", "-n", "16", "--sanitizer", "random-noise=0.05", "--draws", "3", "--steps", "3");
        Assert.Equal(ExitCode.Held, attack.Code);
        Assert.Contains("WorstOf(Bpda(Eot(Pgd", attack.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Held, (await CliRun.Of("evaluate", Models.Cnn, "-d", "digits", "--sanitizer", "jpeg=60")).Code);
        var audit = await CliRun.Of(
            "audit", Models.Cnn, "-d", "digits", "-n", "8", "--curve-samples", "4", "--sanitizer", "median", "-a", "fgsm", "-o", At("report"));
        Assert.Equal(ExitCode.Held, audit.Code);
        Assert.Contains("Bpda(Fgsm)", await File.ReadAllTextAsync(At("report/audit.json"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_does_not_fit()
    {
        await CliRun.Refused(["defend", Models.Cnn, "-d", "digits"], "Expected --sanitizer or --detector, got neither.");
        await CliRun.Refused(["defend", Models.Cnn, "-d", "digits", "--sanitizer", "medain"], "Expected a sanitizer (bit-depth, jpeg, median", "got 'medain'");
        await CliRun.Refused(["defend", Models.Mlp, "-d", "wdbc", "--sanitizer", "median"], "Median cleans images");
        await CliRun.Refused(["defend", Models.Cnn, "-d", "digits", "--detector", "energy", "--fpr", "0.0005"], "clean samples for a rate of 0.0005");
    }

    [Theory]
    [InlineData("--method", "trades", "--beta", "1", "--steps", "2")]
    [InlineData("--method", "mart", "--steps", "2", "--awp")]
    [InlineData("--method", "n-fgsm", "--awp")]
    [InlineData("--method", "free", "--replays", "2")]
    public async Task Every_new_method_hardens(params string[] method)
    {
        var run = await CliRun.Of(["harden", "-d", "digits", "--from", Models.Cnn, "--epochs", "1", "-o", At("m.safetensors"), .. method]);

        Assert.Equal(ExitCode.Held, run.Code);
        Assert.Contains("Wrote ", run.Output, StringComparison.Ordinal);
        await CliRun.Refused(
            ["harden", "-d", "digits", "--method", "free", "--awp", "-o", At("n.safetensors")], "--awp is for objectives with one loss per batch on numbers, not for free.");
    }
}
