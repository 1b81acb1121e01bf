using System.Text.Json;

namespace Adamant.Cli.Tests;

public sealed class ConstraintTests(TrainedModels models) : CommandLineTest(models)
{
    [Fact]
    public async Task A_fraudster_is_held_to_what_he_can_do_and_his_rows_pass_the_schema()
    {
        Assert.Equal(ExitCode.Held, (await CliRun.Of("train", "-d", "credit", "--set", "hidden=8,8", "--balance", "--epochs", "3", "--lr", "0.02", "-b", "64", "-o", At("m.safetensors"))).Code);

        var run = await CliRun.Of("attack", At("m.safetensors"), "-d", "credit", "--constraints", "credit", "--steps", "8", "-n", "200", "-o", At("adversarial.csv"), "--json");

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(1, json.RootElement.GetProperty("legalRows").GetProperty("value").GetDouble());
        Assert.True(json.RootElement.GetProperty("success").GetProperty("value").GetDouble() > 0);
        Assert.StartsWith("Seniority,Home,Time,Age", File.ReadLines(At("adversarial.csv")).First(), StringComparison.Ordinal);
        var check = await CliRun.Of("data", "check", At("adversarial.csv"), "--schema", "credit");
        Assert.Equal((ExitCode.Held, "All 200 rows pass.\n"), (check.Code, check.Output.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task Rows_that_cannot_exist_are_told_and_fail()
    {
        await File.WriteAllLinesAsync(At("s.json"), ["""{ "columns": { "age": { "integer": true, "max": 99 } } }"""], Cancellation);
        await File.WriteAllLinesAsync(At("rows.csv"), ["age,label", "30,no", "30.5,no", "130,yes"], Cancellation);

        var run = await CliRun.Of("data", "check", At("rows.csv"), "--schema", At("s.json"));

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("row 1 (line 3), column 'age': expected a whole number, got 30.5", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 of 3 rows do not pass.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Constraints_of_other_data_and_two_ways_of_the_same_are_refused()
    {
        await CliRun.Refused(["attack", Models.Mlp, "-d", "wdbc", "--constraints", "fraud"], "wdbc has no column 'transaction_amount'", "Its columns are");
        await CliRun.Refused(["attack", Models.Mlp, "-d", "wdbc", "--constraints", "nothing.json"], "credit, credit-default, fraud");
        await File.WriteAllTextAsync(At("s.json"), """{ "columns": { "mean radius": { "change": 0.1 } } }""", Cancellation);
        await CliRun.Refused(["attack", Models.Mlp, "-d", "wdbc", "--constraints", At("s.json"), "--channel-epsilon", "1"], "got both");
        await CliRun.Refused(["harden", "-d", "credit", "--constraints", "credit", "--method", "fgsm-rs"], "--method pgd");
    }

    [Fact]
    public async Task Hardening_takes_constraints()
    {
        var run = await CliRun.Of("harden", "-d", "credit", "-m", "mlp", "--set", "hidden=8,8", "--constraints", "credit", "--steps", "2", "--epochs", "1", "-o", At("h.safetensors"));

        Assert.Equal(ExitCode.Held, run.Code);
    }

    [Fact]
    public async Task One_epsilon_for_columns_of_different_scales_is_remarked()
    {
        await File.WriteAllLinesAsync(At("t.csv"), ["rate,income,label", .. Enumerable.Range(0, 40).Select(i => $"{i / 1000.0},{i * 1000},{(i < 20 ? "no" : "yes")}")], Cancellation);
        Assert.Equal(ExitCode.Held, (await CliRun.Of("train", "-d", At("t.csv"), "--epochs", "1", "-o", At("m.safetensors"))).Code);

        var run = await CliRun.Of("attack", At("m.safetensors"), "-d", At("t.csv"), "--steps", "2");
        var each = await CliRun.Of("attack", At("m.safetensors"), "-d", At("t.csv"), "--steps", "2", "--channel-epsilon", "0.01,500");

        Assert.Contains("'rate' varies by 0.0117, 'income' by 1.17E+04", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("different scales", each.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forecast_is_attacked_and_its_error_told_before_and_after()
    {
        await File.WriteAllLinesAsync(At("r.csv"), ["a,b,y", .. Enumerable.Range(0, 60).Select(i => $"{i % 7 / 7.0},{i % 5 / 5.0},{(2.0 * (i % 7) / 7) - (i % 5 / 5.0)}")], Cancellation);
        string[] data = ["-d", At("r.csv"), "--regression"];
        Assert.Equal(ExitCode.Held, (await CliRun.Of(["train", .. data, "--set", "hidden=8,8", "--epochs", "3", "--lr", "0.01", "-o", At("m.safetensors")])).Code);

        var table = await CliRun.Of(["attack", At("m.safetensors"), .. data, "--epsilon", "0.1", "--attack", "fgsm", "pgd", "--restarts", "2", "--tolerance", "0.5"]);
        using var json = JsonDocument.Parse((await CliRun.Of(["attack", At("m.safetensors"), .. data, "--epsilon", "0.1", "--json"])).Output);

        Assert.Equal(ExitCode.Held, table.Code);
        Assert.Contains("RMSE", table.Output, StringComparison.Ordinal);
        Assert.Contains("errors of at most 0.5", table.Output, StringComparison.Ordinal);
        Assert.True(json.RootElement.GetProperty("adversarialRmse").GetDouble() > json.RootElement.GetProperty("cleanRmse").GetDouble());
        await CliRun.Refused(["attack", At("m.safetensors"), .. data, "--target", "1"], "--target is a class");
        await CliRun.Refused(["attack", At("m.safetensors"), .. data, "--fail-under", "0.5"], "--tolerance");
        await CliRun.Refused(["attack", Models.Mlp, "-d", "wdbc", "--tolerance", "1"], "names classes");
        var failed = await CliRun.Of(["attack", At("m.safetensors"), .. data, "--tolerance", "0", "--fail-under", "0.5"]);
        Assert.Equal(ExitCode.Failed, failed.Code);
    }

    [Fact]
    public async Task Series_are_forecast_worse_under_attack()
    {
        Assert.Equal(ExitCode.Held, (await CliRun.Of("train", "-d", "degradation", "-m", "series-lstm", "--set", "hidden=8", "--epochs", "1", "-b", "256", "-o", At("m.safetensors"))).Code);

        using var json = JsonDocument.Parse((await CliRun.Of("attack", At("m.safetensors"), "-d", "degradation", "-n", "40", "--epsilon", "0.5", "--steps", "5", "--json")).Output);

        Assert.True(json.RootElement.GetProperty("adversarialMae").GetDouble() > json.RootElement.GetProperty("cleanMae").GetDouble());
    }
}
