using System.Text.Json;

namespace Adamant.Cli.Tests;

public sealed class SeriesTests(TrainedModels models) : CommandLineTest(models)
{
    [Fact]
    public async Task A_model_of_series_carries_its_units_through_training_evaluation_and_prediction()
    {
        var trained = await CliRun.Of("train", "-d", "degradation", "-m", "series-lstm", "--set", "hidden=8", "--epochs", "1", "-b", "256", "-o", At("m.safetensors"));
        Assert.Equal(ExitCode.Held, trained.Code);

        using var evaluated = JsonDocument.Parse((await CliRun.Of("evaluate", At("m.safetensors"), "-d", "degradation", "--json")).Output);
        var rmse = evaluated.RootElement.GetProperty("metrics").GetProperty("rmse").GetDouble();
        var interval = evaluated.RootElement.GetProperty("intervals").GetProperty("rmse");
        Assert.InRange(rmse, 5, 40);                            // cycles: without its units it would answer about 0, an error of 60
        Assert.InRange(rmse, interval[0].GetDouble(), interval[1].GetDouble());

        using var predicted = JsonDocument.Parse((await CliRun.Of("predict", At("m.safetensors"), "-d", "degradation", "--limit", "3", "--json")).Output);
        Assert.All(predicted.RootElement.EnumerateArray(), p => Assert.InRange(p.GetProperty("value").GetDouble(), -20, 120));
    }

    [Fact]
    public async Task A_table_of_series_is_cut_into_windows_and_forecast()
    {
        await File.WriteAllLinesAsync(At("s.csv"), ["machine,hour,heat,load", .. Enumerable.Range(0, 80).Select(i => $"{i / 40},{i % 40},{70.5 + (i % 7)},{i % 3}")], Cancellation);
        string[] data = ["-d", At("s.csv"), "--window", "7", "--horizon", "1", "--unit", "machine", "--time", "hour", "--label", "heat", "--regression"];

        Assert.Equal(ExitCode.Held, (await CliRun.Of(["train", .. data, "--epochs", "1", "-o", At("m.safetensors")])).Code);
        Assert.Contains("on 66 samples of s", (await CliRun.Of(["evaluate", At("m.safetensors"), .. data])).Output, StringComparison.Ordinal);
        await CliRun.Refused(["train", .. data[..2], "--window", "41", "--unit", "machine", "--regression"], "unit '0'", "at least 41 rows", "got 40");
        await CliRun.Refused(["train", .. data[..2], "--window", "7", "--unit", "machine", "--label", "heat"], "expected a class number from 0", "--regression");
    }

    [Fact]
    public Task Series_for_a_model_of_tables_are_refused_before_any_work() => CliRun.Refused(["evaluate", Models.Mlp, "-d", "degradation"], "other columns");
}
