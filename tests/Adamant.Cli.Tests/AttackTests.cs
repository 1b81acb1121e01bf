using Adamant.Data;
using Adamant.Datasets;
using Adamant.Serialization;

namespace Adamant.Cli.Tests;

public sealed class AttackTests(TrainedModels models) : CommandLineTest(models)
{
    [Theory]
    [InlineData("linf", 0.1)]
    [InlineData("l2", 0.5)]
    public async Task Writes_samples_within_the_budget(string norm, double epsilon)
    {
        var run = await CliRun.Of("attack", Models.Cnn, "-d", "digits", "-n", "30", "--norm", norm, "-e", $"{epsilon}", "-o", At("a.safetensors"));
        Assert.Equal(ExitCode.Held, run.Code);

        using var scope = NewDisposeScope();
        using var digits = new DatasetCatalog().Open("digits", new DataFileOptions { Part = DatasetPart.Test });
        var clean = digits.Read(0, 30);
        var (tensors, _) = SafeTensors.Read(At("a.safetensors"));
        var moved = (tensors["inputs"] - clean.Inputs).flatten(1).norm(1, p: norm == "l2" ? 2 : float.PositiveInfinity);
        Assert.InRange(moved.max().item<float>(), 0.5 * epsilon, epsilon + 1e-6);
        Assert.InRange(tensors["inputs"].min().item<float>(), 0, 1);
        Assert.InRange(tensors["inputs"].max().item<float>(), 0, 1);
        Assert.Equal(clean.Labels.data<long>().ToArray(), tensors["labels"].data<long>().ToArray());

        Assert.Equal(ExitCode.Held, (await CliRun.Of("evaluate", Models.Cnn, "-d", At("a.safetensors"))).Code);
    }

    [Theory]
    [InlineData("0", ExitCode.Held, "Held: ")]
    [InlineData("1", ExitCode.Failed, "Failed: ")]
    public async Task A_threshold_decides_the_exit_code(string threshold, int code, string word)
    {
        var attack = await CliRun.Of("attack", Models.Cnn, "-d", "digits", "-n", "30", "--fail-under", threshold);
        Assert.Equal(code, attack.Code);
        Assert.Contains(word, attack.Output, StringComparison.Ordinal);
        var audit = await CliRun.Of("audit", Models.Cnn, "-d", "digits", "-n", "12", "--curve-samples", "4", "--fail-under", threshold, "-o", At("r"));
        Assert.Equal(code, audit.Code);
        Assert.True(File.Exists(At("r/index.html")));
    }
}
