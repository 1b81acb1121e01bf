using System.Text.Json;
using Adamant.Data;
using Adamant.Models;
using Adamant.Serialization;
using Adamant.Texts;

namespace Adamant.Cli.Tests;

public sealed class GenerateTests : CommandLineTest
{
    public GenerateTests(TrainedModels models) : base(models)
    {
        var encoding = TextEncoding.Fit(["abcd efgh"], new TextEncodingOptions { Splitting = Splitting.Characters, MinCount = 1, MaxLength = 8 });
        manual_seed(1);
        using var network = new DecoderTransformer(encoding.Vocabulary.Count, 8, 8, 2, 1, 1, 8);
        var (architecture, arguments) = ModelCatalog.Describe(network);
        ModelFile.Save(At("lm.safetensors"), network, new ModelCard
        {
            Architecture = architecture,
            Arguments = arguments,
            Input = network.Input,
            Task = LearningTask.NextToken,
            Encoding = encoding,
        });
    }

    [Fact]
    public async Task Writes_on_after_the_prompt_and_the_same_again()
    {
        var run = await CliRun.Of("generate", At("lm.safetensors"), "--prompt", "abc", "--tokens", "20", "--seed", "3", "--top-k", "5", "--top-p", "0.9");
        var again = await CliRun.Of("generate", At("lm.safetensors"), "--prompt", "abc", "--tokens", "20", "--seed", "3", "--top-k", "5", "--top-p", "0.9", "--no-cache");

        Assert.Equal(ExitCode.Held, run.Code);
        Assert.StartsWith("abc", run.Output, StringComparison.Ordinal);
        Assert.Contains("20 tokens in", run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Output, again.Output);
    }

    [Fact]
    public async Task Prints_json_and_nothing_else()
    {
        var run = await CliRun.Of("generate", At("lm.safetensors"), "--prompt", "abc", "--tokens", "5", "--temperature", "0", "--json");

        var json = JsonElement.Parse(run.Output);
        Assert.Equal(("abc", 5), (json.GetProperty("prompt").GetString(), json.GetProperty("tokens").GetInt32()));
        Assert.True(json.GetProperty("tokensPerSecond").GetDouble() > 0);
    }

    [Fact]
    public async Task Refuses_in_one_line_what_does_not_write()
    {
        await CliRun.Refused(["generate", At("lm.safetensors")], "prompt of at least one token");
        await CliRun.Refused(["generate", Models.Mlp, "--prompt", "a"], "writes nothing", "adamant train --data persuasion");
        await CliRun.Refused(["generate", At("none.safetensors"), "--prompt", "a"], "none.safetensors");
        await CliRun.Refused(["generate", At("m.bin")], "--tokenizer");
        await CliRun.Refused(["generate", At("m.bin"), "--tokenizer", At("t.bin")], "t.bin");
        await CliRun.Refused(["predict", At("lm.safetensors"), "--data", "persuasion"], "adamant generate");
    }

    [Fact]
    public async Task A_model_of_llama2c_writes_from_its_two_files()
    {
        var folder = Environment.GetEnvironmentVariable("ADAMANT_DATA_DIR") is { Length: > 0 } root ? Path.Combine(root, "stories260k") : "";
        Assert.SkipUnless(Directory.Exists(folder), "stories260k is not installed: set ADAMANT_DATA_DIR to a folder that holds it.");

        var run = await CliRun.Of("generate", Path.Combine(folder, "stories260K.bin"), "--tokenizer", Path.Combine(folder, "tok512.bin"), "--temperature", "0", "--tokens", "20");

        Assert.StartsWith("Once upon a time, there was a little girl named Lily.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_novel_is_learned_from_the_command_line()
    {
        var run = await CliRun.Of("train", "-d", "persuasion", "--epochs", "1", "-b", "512", "--set", "layers=1", "dModel=8", "heads=2", "feedForward=8", "-o", At("novel.safetensors"));

        Assert.Equal(ExitCode.Held, run.Code);
        Assert.Contains("perplexity", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Held, (await CliRun.Of("generate", At("novel.safetensors"), "-p", "Anne ", "--tokens", "5")).Code);
        Assert.Contains("bits", (await CliRun.Of("evaluate", At("novel.safetensors"), "-d", "persuasion", "--limit", "4")).Output, StringComparison.Ordinal);
    }
}
