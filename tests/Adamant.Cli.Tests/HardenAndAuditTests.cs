using Adamant.Auditing;

namespace Adamant.Cli.Tests;

public sealed class HardenAndAuditTests(TrainedModels models) : CommandLineTest(models)
{
    [Theory]
    [InlineData("clean-plus-fgsm")]
    [InlineData("fgsm-rs")]
    [InlineData("pgd")]
    public async Task Every_method_hardens_a_given_model(string method)
    {
        var run = await CliRun.Of("harden", "-d", "digits", "--from", Models.Cnn, "--method", method, "--epochs", "1", "-o", At("m.safetensors"));
        Assert.Equal(ExitCode.Held, run.Code);
        Assert.Contains("Wrote ", run.Output, StringComparison.Ordinal);
        Assert.Equal(["m.safetensors"], Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName));
        Assert.Equal(ExitCode.Held, (await CliRun.Of("evaluate", At("m.safetensors"), "-d", "digits")).Code);
    }

    [Fact]
    public async Task Two_models_make_a_page_and_its_numbers()
    {
        File.Copy(Models.Cnn, At("second.safetensors"));
        var run = await CliRun.Of(
            "audit", Models.Cnn, At("second.safetensors"), "-d", "digits", "-n", "20", "--curve-samples", "4", "-a", "fgsm", "-a", "pgd", "-o", At("report"));
        Assert.Equal(ExitCode.Held, run.Code);
        Assert.Contains("under fgsm", run.Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(At("report"), "index.html"), run.Error, StringComparison.Ordinal);

        var page = await File.ReadAllTextAsync(At("report/index.html"), Cancellation);
        Assert.Contains("second", page, StringComparison.Ordinal);
        var audit = AuditJson.Read(At("report/audit.json"));
        Assert.Equal(["cnn", "second"], audit.Models.Select(m => m.Name));
        Assert.Equal(audit.Models[0].CleanAccuracy, audit.Models[1].CleanAccuracy);
    }
}
