using System.Text.Json;
using Adamant.Auditing;

namespace Adamant.Cli.Tests;

public sealed class EvidenceTests(TrainedModels models) : CommandLineTest(models)
{
    [Fact]
    public async Task An_attack_writes_evidence_that_verifies_and_a_changed_claim_does_not()
    {
        var attack = await CliRun.Of("attack", Models.Cnn, "-d", "digits", "-n", "24", "-a", "fgsm", "pgd", "--steps", "3", "--evidence", At("e"), "--json");
        Assert.Equal(ExitCode.Held, attack.Code);
        Assert.Equal(At("e"), JsonDocument.Parse(attack.Output).RootElement.GetProperty("evidence").GetString());

        var verify = await CliRun.Of("verify", At("e"), "--model", Models.Cnn, "-d", "digits");
        Assert.Equal((ExitCode.Held, ""), (verify.Code, verify.Error));
        Assert.Contains("adversarial predictions", verify.Output, StringComparison.Ordinal);
        Assert.Contains(" 0 fail, 0 were not made.", verify.Output, StringComparison.Ordinal);

        File.Copy(Models.Cnn, At("cnn.safetensors"));           // the recorded name, in the folder above
        var json = await CliRun.Of("verify", At("e"), "--json");
        Assert.True(JsonDocument.Parse(json.Output).RootElement.GetProperty("held").GetBoolean());

        await Change("e", "\"adversarial\": ", "\"adversarial\": 1");
        var changed = await CliRun.Of("verify", At("e"));
        Assert.Equal(ExitCode.Failed, changed.Code);
        Assert.Contains("FAILS", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_evidence_is_told_in_one_line()
    {
        Assert.Equal(ExitCode.Held, (await CliRun.Of("attack", Models.Cnn, "-d", "digits", "-n", "4", "-a", "fgsm", "--evidence", At("e"))).Code);

        await CliRun.Refused(["verify", At("none")], "There is no folder");
        await CliRun.Refused(["verify", At("e")], "There is no model 'cnn.safetensors'");
        await CliRun.Refused(["verify", At("e"), "-m", Models.Mlp, "-d", "digits"], "The model takes");
        await CliRun.Refused(["attack", Models.Cnn, "-d", "digits", "--evidence", Models.Cnn], "is a file. Expected a folder");
        await CliRun.Refused(["attack", Models.Cnn, "-d", "digits", "--evidence", At("d"), "--sanitizer", "median"], "--evidence is for the model alone");
        var other = await CliRun.Of("verify", At("e"), "-m", Models.Mlp);
        Assert.Equal(ExitCode.Failed, other.Code);
        Assert.Contains("weights", other.Output, StringComparison.Ordinal);
        foreach (var name in new[] { "../cnn.safetensors", "/etc/passwd", "..", "a\\\\b", "", "C:x" })
        {
            await Change("e", "\"file\": \"cnn.safetensors\"", $"\"file\": \"{name}\"", keep: true);
            await CliRun.Refused(["verify", At("e")], "The evidence does not name a plain file");
        }
        await Change("e", "\"kind\": \"Linf\"", "\"kind\": \"round\"");
        await CliRun.Refused(["verify", At("e"), "-m", Models.Cnn], "expected a ball");
        File.Delete(At("e/adversarials.safetensors"));
        await CliRun.Refused(["verify", At("e"), "-m", Models.Cnn], "There is no file");
        await File.WriteAllTextAsync(At("e/evidence.json"), "{", Cancellation);
        await CliRun.Refused(["verify", At("e"), "-m", Models.Cnn], "expected evidence as JSON");
    }

    [Fact]
    public async Task An_audit_writes_evidence_for_each_model_and_stops_when_the_time_is_up()
    {
        File.Copy(Models.Cnn, At("second.safetensors"));
        var run = await CliRun.Of(
            "audit", Models.Cnn, At("second.safetensors"), "-d", "digits", "-n", "12", "--curve-samples", "4", "--budget", "0.002s", "-o", At("report"), "--evidence", At("e"));
        Assert.Equal(ExitCode.Held, run.Code);
        Assert.Contains("time-up", run.Output, StringComparison.Ordinal);
        Assert.Contains("The time was up before all attacks had run.", await File.ReadAllTextAsync(At("report/index.html"), Cancellation), StringComparison.Ordinal);
        Assert.NotEmpty(AuditJson.Read(At("report/audit.json")).Models[1].NotRun);
        foreach (var (name, model) in new[] { ("cnn", Models.Cnn), ("second", At("second.safetensors")) })
            Assert.Equal(ExitCode.Held, (await CliRun.Of("verify", At($"e/{name}"), "-m", model, "-d", "digits")).Code);
    }

    [Fact]
    public async Task A_budget_gives_an_upper_bound_and_says_what_was_not_run()
    {
        var cut = await CliRun.Of("attack", Models.Cnn, "-d", "digits", "-n", "20", "-a", "fgsm", "pgd", "--steps", "100000", "--budget", "2s", "--json");
        var result = JsonDocument.Parse(cut.Output).RootElement;
        Assert.Equal((ExitCode.Held, 2.0), (cut.Code, result.GetProperty("budget").GetDouble()));
        var left = result.GetProperty("notRun").EnumerateArray().Single();
        Assert.Equal("pgd", left.GetProperty("attack").GetString());
        var kept = await CliRun.Of("attack", Models.Cnn, "-d", "digits", "-n", "20", "-a", "fgsm", "--json");
        Assert.Equal(
            JsonDocument.Parse(kept.Output).RootElement.GetProperty("robustAccuracy").GetProperty("successes").GetInt32(),
            result.GetProperty("robustAccuracy").GetProperty("successes").GetInt32());
        Assert.Equal(result.GetProperty("robustAccuracy").GetProperty("successes").GetInt32(), left.GetProperty("samples").GetInt32());
        foreach (var bad in new[] { "5", "m", "-1s", "0s", "fivem", "1e9h" })
            await CliRun.Refused(["attack", Models.Cnn, "-d", "digits", "--budget", bad], "Expected --budget as a time above 0 such as 90s, 5m or 1h");
    }

    private async Task Change(string folder, string from, string to, bool keep = false)
    {
        var path = At($"{folder}/evidence.json");
        original ??= await File.ReadAllTextAsync(path, Cancellation);
        var text = keep ? original : await File.ReadAllTextAsync(path, Cancellation);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        await File.WriteAllTextAsync(path, text[..at] + to + text[(at + from.Length)..], Cancellation);
    }

    private string? original;
}
