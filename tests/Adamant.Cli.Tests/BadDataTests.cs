using Adamant.Data;
using Adamant.Serialization;

namespace Adamant.Cli.Tests;

public sealed class BadDataTests(TrainedModels models) : CommandLineTest(models)
{
    [Theory]
    [InlineData("evaluate")]
    [InlineData("predict")]
    [InlineData("attack")]
    [InlineData("audit")]
    public Task Images_of_another_size_are_refused(string command) =>
        CliRun.Refused([command, Models.Cnn, "-d", "fashion-mini"], "The model takes Float32 [1, 8, 8]", "the data are Float32 [1, 28, 28]");

    [Theory]
    [InlineData("labels.safetensors")]
    [InlineData("labels.npz")]
    public async Task Labels_out_of_range_are_refused(string file)
    {
        await Write(file, full(2, 1, 8, 8, 0.5f), tensor(new long[] { 1, 99 }));
        await CliRun.Refused(["evaluate", Models.Cnn, "-d", At(file)], "row 1", "label 99 is not in 0..9");
        await CliRun.Refused(["attack", Models.Cnn, "-d", At(file)], "row 1", "label 99 is not in 0..9");
    }

    [Fact]
    public async Task Negative_labels_are_refused_with_their_row()
    {
        await Write("labels.safetensors", full(2, 1, 8, 8, 0.5f), tensor(new long[] { 1, -1 }));
        await CliRun.Refused(["train", "-d", At("labels.safetensors"), "-o", At("m.safetensors")], "row 1", "-1");
        Assert.False(File.Exists(At("m.safetensors")));
    }

    [Theory]
    [InlineData("evaluate")]
    [InlineData("attack")]
    [InlineData("train")]
    public async Task A_pixel_that_is_not_a_number_is_refused_with_its_place(string command)
    {
        var pixels = full(2, 1, 8, 8, 0.5f);
        pixels[1, 0, 2, 3] = float.NaN;
        await Write("nan.safetensors", pixels, tensor(new long[] { 1, 2 }));
        string[] subject = command == "train" ? ["-o", At("m.safetensors")] : [Models.Cnn];
        await CliRun.Refused([command, .. subject, "-d", At("nan.safetensors")], "nan.safetensors, row 1", "pixel row 2, pixel column 3", "NaN");
    }

    [Fact]
    public async Task No_samples_are_refused()
    {
        await Write("none.safetensors", zeros(0, 1, 8, 8), zeros(0, ScalarType.Int64));
        await Write("none.npz", zeros(0, 1, 8, 8), zeros(0, ScalarType.Int64));
        await File.WriteAllTextAsync(At("none.csv"), "a,b,label\n", Cancellation);
        await File.WriteAllTextAsync(At("empty.csv"), "", Cancellation);
        foreach (var file in new[] { "none.safetensors", "none.npz", "none.csv", "empty.csv" })
            await CliRun.Refused(["evaluate", Models.Cnn, "-d", At(file)], file);
        await CliRun.Refused(["evaluate", Models.Cnn, "-d", Folder], Folder);
    }

    [Theory]
    [InlineData("attack", "-0.1", "Expected --epsilon at least 0, got -0.1")]
    [InlineData("attack", "NaN", "Expected --epsilon at least 0, got NaN")]
    [InlineData("attack", "big", "Expected a number for --epsilon, got 'big'")]
    [InlineData("attack", "8", "the inputs' range [0, 1], got 8")]
    [InlineData("audit", "8", "the inputs' range [0, 1], got 8")]
    public Task Impossible_budgets_are_refused(string command, string epsilon, string words) =>
        CliRun.Refused([command, Models.Cnn, "-d", "digits", "-n", "4", $"--epsilon={epsilon}", "-o", At("out")], words);

    [Fact]
    public async Task An_impossible_budget_writes_no_model()
    {
        await CliRun.Refused(["harden", "-d", "digits", "-m", "strided-cnn", "--epsilon", "8", "-o", At("m.safetensors")], "range [0, 1], got 8");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Folder));
    }

    private async Task Write(string file, Tensor inputs, Tensor labels)
    {
        var arrays = new Dictionary<string, Tensor> { ["inputs"] = inputs, ["labels"] = labels };
        if (file.EndsWith(".safetensors", StringComparison.Ordinal)) SafeTensors.Write(At(file), arrays);
        else
        {
            await using var stream = File.Create(At(file));
            Npz.Write(stream, new Dictionary<string, Tensor> { ["x_test"] = inputs, ["y_test"] = labels, ["x_train"] = inputs, ["y_train"] = labels });
        }
    }
}
