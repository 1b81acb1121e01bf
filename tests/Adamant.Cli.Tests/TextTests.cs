using System.Text.Json.Nodes;

namespace Adamant.Cli.Tests;

public sealed class TextTests(TrainedModels models) : CommandLineTest(models)
{
    [Fact]
    public async Task A_model_of_texts_is_trained_asked_and_measured_beside_the_linear_baseline()
    {
        var train = await CliRun.Of("train", "-d", "tickets", "-m", "simple-lstm", "--set", "hidden=8", "embedding=8", "--epochs", "1", "--max-length", "12", "-o", At("m.safetensors"));
        Assert.Equal(ExitCode.Held, train.Code);
        Assert.Contains("linear baseline: ", train.Output, StringComparison.Ordinal);
        Assert.Contains("longer than 12 tokens", train.Error, StringComparison.Ordinal);

        var evaluated = JsonNode.Parse((await CliRun.Of("evaluate", At("m.safetensors"), "-d", "tickets", "--json")).Output)!;
        Assert.Equal(30, (int)evaluated["linearBaseline"]!["trials"]!);

        await File.WriteAllTextAsync(At("lines.txt"), "I was charged twice\nWhere is my parcel?\n", Cancellation);
        Assert.Equal(2, JsonNode.Parse((await CliRun.Of("predict", At("m.safetensors"), "--lines", At("lines.txt"), "--json")).Output)!.AsArray().Count);
        Assert.Contains("I was charged twice", (await CliRun.Of("predict", At("m.safetensors"), "--text", "I was charged twice")).Output, StringComparison.Ordinal);

        await CliRun.Refused(["predict", At("m.safetensors"), "--text", " "], "Expected a text", "empty");
        await CliRun.Refused(["predict", At("m.safetensors")], "Expected one of --data, --text and --lines");
        await CliRun.Refused(["predict", At("m.safetensors"), "-d", "digits"], "The model takes Int64 [-1]", "the data are Float32");
        await CliRun.Refused(["evaluate", At("m.safetensors"), "-d", "tickets", "--tokenizer", "bpe"], "it brings its own tokenizer");
        await CliRun.Refused(["evaluate", At("m.safetensors"), "-d", "reviews"], "classes");
    }

    [Theory]
    [InlineData("bpe")]
    [InlineData("wordpiece")]
    [InlineData("cl100k")]
    [InlineData("o200k")]
    [InlineData("characters")]
    public async Task Every_tokenizer_can_be_chosen(string tokenizer)
    {
        var run = await CliRun.Of("train", "-d", "tickets", "-m", "transformer-classifier", "--set", "dModel=8", "layers=1", "feedForward=8", "--tokenizer", tokenizer, "--vocabulary", "400", "--epochs", "1", "-o", At("m.safetensors"));

        Assert.Equal(ExitCode.Held, run.Code);
        Assert.Equal(ExitCode.Held, (await CliRun.Of("evaluate", At("m.safetensors"), "-d", "tickets")).Code);
    }

    [Fact]
    public async Task A_file_of_texts_is_trained_on_by_its_columns()
    {
        await File.WriteAllLinesAsync(At("a.csv"), ["body,id,class", .. Enumerable.Range(0, 40).Select(i => $"{(i % 2 == 0 ? "good" : "bad")} thing,{i},{(i % 2 == 0 ? "yes" : "no")}")], Cancellation);

        var run = await CliRun.Of("train", "-d", At("a.csv"), "--text-column", "body", "--label", "class", "--set", "hidden=4", "--epochs", "1", "-o", At("m.safetensors"));

        Assert.Equal(ExitCode.Held, run.Code);
        Assert.Contains("linear baseline: 100.0 %", run.Output, StringComparison.Ordinal);
        var evaluated = await CliRun.Of("evaluate", At("m.safetensors"), "-d", At("a.csv"), "--text-column", "body", "--label", "class");
        Assert.Contains("linear baseline: 100.0 % of the samples that were held out", evaluated.Output, StringComparison.Ordinal);
        await CliRun.Refused(["train", "-d", At("a.csv"), "--text-column", "message", "-o", At("n.safetensors")], "expected a column 'message'");
    }

    [Theory]
    [InlineData("Expected --tokenizer to be", "train -d tickets --tokenizer sentences")]
    [InlineData("Expected --vocabulary from 3", "train -d tickets --vocabulary 1")]
    [InlineData("Expected --max-length from 1", "train -d tickets --max-length 0")]
    [InlineData("and no texts", "predict {cnn} --text hello")]
    public Task Misuse_is_told_in_one_line(string words, string line) => CliRun.Refused([.. line.Split(' ').Select(w => w.Replace("{cnn}", Models.Cnn))], words);

    [Fact]
    public async Task Showing_a_set_of_texts_shows_some()
    {
        var run = await CliRun.Of("data", "show", "tickets");

        Assert.Contains("charged-twice  I was charged twice for the same transaction", run.Output, StringComparison.Ordinal);
        Assert.Contains("Tokens: Words", run.Output, StringComparison.Ordinal);
    }
}
