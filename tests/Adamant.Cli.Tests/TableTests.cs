namespace Adamant.Cli.Tests;

public sealed class TableTests(TrainedModels models) : CommandLineTest(models)
{
    [Fact]
    public async Task Columns_in_another_order_than_in_training_are_refused()
    {
        await Write("train.csv", "age,income,label", i => $"{i},{100 - i},{(i < 20 ? "no" : "yes")}");
        await Write("swapped.csv", "income,age,label", i => $"{100 - i},{i},{(i < 20 ? "no" : "yes")}");
        await Train("train.csv");

        Assert.Equal(ExitCode.Held, (await CliRun.Of("evaluate", At("m.safetensors"), "-d", At("train.csv"))).Code);
        await CliRun.Refused(["evaluate", At("m.safetensors"), "-d", At("swapped.csv")], "other columns", "another order");
    }

    [Fact]
    public async Task Categories_that_were_not_there_in_training_are_refused()
    {
        await Write("train.csv", "city,label", i => $"{(i % 2 == 0 ? "A" : "B")},{(i % 2 == 0 ? "no" : "yes")}");
        await Write("renamed.csv", "city,label", i => $"{(i % 2 == 0 ? "Y" : "Z")},{(i % 2 == 0 ? "no" : "yes")}");
        await Train("train.csv");

        await CliRun.Refused(["evaluate", At("m.safetensors"), "-d", At("renamed.csv")], "'city=A' is missing", "'city=Y' is unknown");
    }

    [Fact]
    public async Task Real_numbers_are_not_taken_for_classes()
    {
        await Write("real.csv", "age,balance", i => $"{i},{i / 7.0}");

        await CliRun.Refused(["train", "-d", At("real.csv"), "-o", At("m.safetensors")], "column 'balance'", "expected classes", "--label", "--regression");
    }

    [Fact]
    public Task A_misspelled_option_of_audit_is_not_taken_for_a_model() =>
        CliRun.Refused(["audit", Models.Cnn, "-d", "digits", "--epsilom", "0.1"], "'--epsilom'");

    [Fact]
    public Task Help_on_an_unknown_command_is_refused() => CliRun.Refused(["inspect", "--help"], "'inspect'");

    private async Task Train(string file) =>
        Assert.Equal(ExitCode.Held, (await CliRun.Of("train", "-d", At(file), "-o", At("m.safetensors"), "--epochs", "1")).Code);

    private Task Write(string file, string header, Func<int, string> row) =>
        File.WriteAllLinesAsync(At(file), [header, .. Enumerable.Range(0, 40).Select(row)], Cancellation);
}
