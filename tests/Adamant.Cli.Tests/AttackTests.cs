using Adamant.Data;
using Adamant.Datasets;
using Adamant.Serialization;
using Adamant.Victims;

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

    [Fact]
    public async Task AutoAttack_tells_its_warnings_and_goes_on_from_its_checkpoint()
    {
        string[] command = ["attack", Models.Mlp, "-d", "wdbc", "-n", "4", "-a", "auto-attack", "-e", "0.01", "--checkpoint", At("c.safetensors")];
        var text = await CliRun.Of(command);
        Assert.Equal(ExitCode.Held, text.Code);
        Assert.Contains("Warning (few-classes): The victim has 2 classes", text.Output, StringComparison.Ordinal);

        var json = await CliRun.Of([.. command, "--json"]);
        Assert.Contains("\"code\": \"few-classes\"", json.Output, StringComparison.Ordinal);
        var other = await CliRun.Of([.. command, "--seed", "1"]);
        Assert.NotEqual(ExitCode.Held, other.Code);
        Assert.Contains("the checkpoint belongs to another model", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_series_can_have_an_epsilon_per_channel_a_slope_and_a_past()
    {
        var series = At("series.safetensors");
        using var scope = NewDisposeScope();
        manual_seed(0);
        var card = new DatasetCard { Name = "series", Input = new InputSpec([6, 2]), Rows = 40, ClassNames = ["down", "up"] };
        using var data = new TensorDataset(card, randn(40, 6, 2), arange(40) % 2);
        DatasetExport.Write(data, series);
        var model = At("rnn.safetensors");
        Assert.Equal(ExitCode.Held, (await CliRun.Of("train", "-d", series, "-m", "elman-rnn", "--set", "hidden=4", "--epochs", "2", "-o", model)).Code);

        var run = await CliRun.Of(
            "attack", model, "-d", series, "--channel-epsilon", "0.2,0", "--slope", "0.15", "--from-step", "4", "--steps", "3", "-o", At("a.safetensors"));

        Assert.Equal(ExitCode.Held, run.Code);
        Assert.Contains("Linf × (0.2, 0) × (0, 0, 0, 1, 1, 1) (slope 0.15) 1, on 40 samples", run.Output, StringComparison.Ordinal);
        var (tensors, _) = SafeTensors.Read(At("a.safetensors"));
        var moved = (tensors["inputs"] - data.ReadAll().Inputs).abs().amax([0]).data<float>().ToArray();
        Assert.All(Enumerable.Range(0, 12), i => Assert.InRange(moved[i], i is 6 or 8 or 10 ? 0.1f : 0, i == 6 ? 0.1501f : i is 8 or 10 ? 0.2001f : 0));

        Assert.Equal(ExitCode.Held, (await CliRun.Of("attack", model, "-d", series, "--attack", "fgsm", "--online", "--json")).Code);
        await CliRun.Refused(["attack", model, "-d", series, "--channel-epsilon", "0.2"], "Expected --channel-epsilon with 2 numbers, one per channel, got 1.");
        await CliRun.Refused(["attack", model, "-d", series, "--from-step", "7"], "Expected --from-step of at most 6");
        await CliRun.Refused(["attack", model, "-d", series, "--slope", "0.1", "--online"], "Expected a ball that binds each coordinate by itself");
        await CliRun.Refused(["attack", Models.Mlp, "-d", "wdbc", "--slope", "0.1"], "--slope is for series");
    }

    [Fact]
    public async Task A_minimum_norm_attack_without_an_epsilon_measures_distances()
    {
        var wide = await CliRun.Of("attack", Models.Cnn, "-d", "digits", "-n", "20", "--attack", "deep-fool", "--norm", "l2");
        Assert.Equal(ExitCode.Held, wide.Code);
        Assert.Contains("L2 8, on 20 samples", wide.Output, StringComparison.Ordinal);
        Assert.Contains("median perturbation", wide.Output, StringComparison.Ordinal);
        Assert.Contains("\"medianPerturbation\": ", (await CliRun.Of("attack", Models.Cnn, "-d", "digits", "-n", "20", "--attack", "fmn", "--norm", "l1", "--json")).Output, StringComparison.Ordinal);

        var narrow = await CliRun.Of("attack", Models.Cnn, "-d", "digits", "-n", "20", "--attack", "deep-fool", "--norm", "l2", "-e", "0.5");
        Assert.Contains("L2 0.5, on 20 samples", narrow.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("median perturbation", narrow.Output, StringComparison.Ordinal);
        await CliRun.Refused(["attack", Models.Cnn, "-d", "digits", "--attack", "carlini-wagner"], "Expected a ball in L2 for CarliniWagner, got Linf 1.");
    }

    [Fact]
    public async Task An_attack_that_fails_its_self_test_is_no_evidence()
    {
        string[] weak = ["audit", Models.Cnn, "-d", "digits", "-n", "12", "--curve-samples", "4", "--attack", "pgd", "--steps", "1", "--step-size", "0.001", "-o", At("r")];

        var audit = await CliRun.Of([.. weak, "--fail-under", "0"]);
        Assert.Equal(ExitCode.Inconclusive, audit.Code);
        Assert.Contains("refused", audit.Output, StringComparison.Ordinal);
        Assert.Contains("pgd (refused): The score is refused: It fails the self-test (linear in Linf)", audit.Output, StringComparison.Ordinal);
        Assert.Contains("Inconclusive: ", audit.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, (await CliRun.Of([.. weak, "--fail-under", "1"])).Code);
    }

    [Fact]
    public async Task Attacks_are_examined_on_models_with_known_results()
    {
        var run = await CliRun.Of("selftest", "attacks", "fgsm", "ddn");
        Assert.Equal(ExitCode.Held, run.Code);
        Assert.Contains("linear in Linf", run.Output, StringComparison.Ordinal);
        Assert.Contains("blind", run.Output, StringComparison.Ordinal);
        var json = await CliRun.Of("selftest", "attacks", "fgsm", "--json");
        Assert.Contains("\"verdict\": \"Passed\"", json.Output, StringComparison.Ordinal);
        await CliRun.Refused(["selftest", "attacks", "typos"], "Expected an attack on tensors, got 'typos'");
    }
}
