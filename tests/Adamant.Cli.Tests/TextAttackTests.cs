using System.Text.Json;

namespace Adamant.Cli.Tests;

public sealed class TextAttackTests(TrainedModels models) : CommandLineTest(models)
{
    private static readonly string[] Good = ["good", "great", "lovely", "fine"], Bad = ["bad", "awful", "dull", "weak"];

    [Fact]
    public async Task Texts_are_trained_on_attacked_hardened_and_audited()
    {
        var lines = Enumerable.Range(0, 160).Select(i => $$"""{"text":"the {{(i % 2 == 0 ? Good : Bad)[i / 2 % 4]}} film was {{(i % 2 == 0 ? Good : Bad)[i / 8 % 4]}} & <b>","label":"{{(i % 2 == 0 ? "good" : "bad")}}"}""");
        await File.WriteAllLinesAsync(At("texts.jsonl"), lines, Cancellation);
        string[] recipe = ["-d", At("texts.jsonl"), "-m", "simple-lstm", "--set", "embedding=8", "--set", "hidden=8", "--epochs", "8", "--lr", "0.02", "-b", "16"];

        Assert.Equal(ExitCode.Held, (await CliRun.Of(["train", .. recipe, "-o", At("plain.safetensors")])).Code);
        var attack = await CliRun.Of("attack", At("plain.safetensors"), "-d", At("texts.jsonl"), "-n", "40", "--words", "0.3", "-o", At("moved.jsonl"));
        Assert.Equal(ExitCode.Held, attack.Code);
        Assert.Contains("HotFlip", attack.Output, StringComparison.Ordinal);
        Assert.Contains("30 % of the words", attack.Output, StringComparison.Ordinal);
        Assert.Contains("[-", attack.Output, StringComparison.Ordinal);
        var moved = (await File.ReadAllLinesAsync(At("moved.jsonl"), Cancellation)).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(40, moved.Count);
        Assert.All(moved, m => Assert.InRange(m.GetProperty("edits").GetInt32(), 0, 2));

        var json = await CliRun.Of("attack", At("plain.safetensors"), "-d", At("texts.jsonl"), "-n", "20", "-a", "typos", "homoglyphs", "--characters", "0.1", "--json");
        Assert.Equal("10 % of the characters", JsonDocument.Parse(json.Output).RootElement.GetProperty("threat").GetString());

        await CliRun.Refused(["attack", At("plain.safetensors"), "-d", At("texts.jsonl"), "--epsilon", "0.1"], "The model reads texts, which cannot be moved by ε");
        await CliRun.Refused(["audit", At("plain.safetensors"), "-d", At("texts.jsonl"), "--epsilon", "0.1", "-o", At("none")], "plain reads texts, which cannot be moved by ε");
        var fooler = await CliRun.Of("attack", At("plain.safetensors"), "-d", At("texts.jsonl"), "-n", "8", "-a", "text-fooler", "--set", "min-cosine=1");
        Assert.Contains("Warning (no-substitutes): TextFooler found no word of near meaning", fooler.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Held, (await CliRun.Of("attack", At("plain.safetensors"), "-d", At("texts.jsonl"), "-n", "8", "--budget", "5m", "--evidence", At("e"))).Code);
        var verified = await CliRun.Of("verify", At("e"), "-m", At("plain.safetensors"), "-d", At("texts.jsonl"));
        Assert.Equal((ExitCode.Held, ""), (verified.Code, verified.Error));

        Assert.Equal(ExitCode.Held, (await CliRun.Of(["harden", .. recipe, "--words", "0.3", "-o", At("hard.safetensors")])).Code);
        Assert.Equal(ExitCode.Held, (await CliRun.Of(["harden", .. recipe, "--method", "free-lb", "--epsilon", "0.3", "-o", At("free.safetensors")])).Code);
        var audit = await CliRun.Of("audit", At("plain.safetensors"), At("hard.safetensors"), "-d", At("texts.jsonl"), "-n", "20", "--curve-samples", "4", "--words", "0.3", "-o", At("report"));
        Assert.Equal(ExitCode.Held, audit.Code);
        var page = await File.ReadAllTextAsync(At("report/index.html"), Cancellation);
        Assert.Contains("<del>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("stickers", page, StringComparison.Ordinal);
        Assert.Contains("20 texts", page.Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("attack", "--words 0.1", "The model does not read texts")]
    [InlineData("attack", "-a hot-flip", "hot-flip needs a victim that is ITextDifferentiable")]
    [InlineData("harden", "--method substitutions", "--method substitutions is for texts, and digits holds")]
    public async Task What_is_for_texts_is_refused_elsewhere(string command, string options, string message)
    {
        string[] model = command == "attack" ? [Models.Cnn] : [];

        var run = await CliRun.Of([command, .. model, "-d", "digits", .. options.Split(' '), "-o", At("out.safetensors")]);

        Assert.Equal(ExitCode.Misuse, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
