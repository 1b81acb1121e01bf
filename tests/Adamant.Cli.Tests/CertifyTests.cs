using System.Text.Json;

namespace Adamant.Cli.Tests;

public sealed class CertifyTests(TrainedModels models) : CommandLineTest(models)
{
    [Theory]
    [InlineData("ibp", "IntervalBounds, Linf 0.01")]
    [InlineData("crown-ibp", "Crown { IntervalsInside = True }, Linf 0.01")]
    [InlineData("smoothing", "RandomizedSmoothing { Sigma = 0.1, Draws = 200, Selection = 20, Alpha = 0.001, Seed = 0 }, L2 0.01")]
    public async Task Every_method_proves_something_of_an_image_network(string method, string title)
    {
        var run = await CliRun.Of(
            "certify", Models.Cnn, "-d", "digits", "-n", "8", "--method", method, "-e", "0.01", "--sigma", "0.1", "--n", "200", "--selection", "20", "--bracket", "pgd");

        Assert.Equal(ExitCode.Held, run.Code);
        Assert.Contains(title + ", on 8 samples of digits", run.Output, StringComparison.Ordinal);
        Assert.Contains("certified at 0.01", run.Output, StringComparison.Ordinal);
        Assert.Contains("robust accuracy from ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", ExitCode.Held)]
    [InlineData("1", ExitCode.Failed)]
    public async Task A_threshold_decides_the_exit_code_and_json_holds_the_numbers(string threshold, int code)
    {
        var run = await CliRun.Of("certify", Models.Mlp, "-d", "wdbc", "-n", "20", "--method", "crown", "--norm", "l2", "-e", "30", "--radii", "0,15", "--fail-under", threshold, "--json");

        Assert.Equal(code, run.Code);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(20, json.RootElement.GetProperty("samples").GetInt64());
        Assert.Equal([0, 15, 30], json.RootElement.GetProperty("curve").EnumerateArray().Select(c => c.GetProperty("radius").GetDouble()));
        Assert.Equal(code == ExitCode.Held, json.RootElement.GetProperty("held").GetBoolean());
    }

    [Theory]
    [InlineData("noise", "")]
    [InlineData("smooth-adv", "--draws 1 --steps 2")]
    [InlineData("ibp", "--kappa 0.3")]
    [InlineData("crown-ibp", "")]
    public async Task Every_preparing_method_trains(string method, string options)
    {
        var run = await CliRun.Of([
            "harden", "-d", "digits", "--from", Models.Cnn, "--method", method, "--epochs", "1", "-e", "0.02", "-o", At("m.safetensors"),
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(ExitCode.Held, run.Code);
        Assert.Contains("Wrote ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_proved_is_refused_in_one_line()
    {
        await CliRun.Refused(["certify", Models.Cnn, "-d", "digits", "--method", "exact"], "Expected a linear model, got StridedCnn");
        await CliRun.Refused(["certify", Models.Cnn, "-d", "digits", "--method", "smoothing", "--channel-epsilon", "0.1"], "Expected an L2, L1 or Linf ball");
        await CliRun.Refused(["certify", Models.Cnn, "-d", "digits", "--radii", "a"], "Expected --radii with numbers");
        await CliRun.Refused(["certify", Models.Cnn, "-d", "digits", "--bracket", "nobody"], "Expected an attack");
        await CliRun.Refused(["certify", Models.Cnn, "-d", "digits", "--method", "smoothing", "--alpha", "0.6"], "--alpha");
    }
}
