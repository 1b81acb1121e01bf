using System.IO.Compression;
using Adamant.Models;
using Adamant.Serialization;

namespace Adamant.Cli.Tests;

public sealed class BadModelTests(TrainedModels models) : CommandLineTest(models)
{
    [Fact]
    public Task A_missing_model_is_named() => CliRun.Refused(["evaluate", At("none.safetensors"), "-d", "digits"], "There is no file", "none.safetensors");

    [Fact]
    public Task A_folder_is_not_a_model() => CliRun.Refused(["evaluate", Folder, "-d", "digits"], "is a folder", "Expected a model file");

    [Theory]
    [InlineData(4)]
    [InlineData(100)]
    [InlineData(20_000)]
    public async Task Truncated_weights_are_refused(int bytes)
    {
        await File.WriteAllBytesAsync(At("cut.safetensors"), (await File.ReadAllBytesAsync(Models.Cnn, Cancellation))[..bytes], Cancellation);
        await CliRun.Refused(["attack", At("cut.safetensors"), "-d", "digits"], "cut.safetensors", "Copy or download it again");
    }

    [Fact]
    public async Task A_text_is_not_a_model()
    {
        await File.WriteAllTextAsync(At("text.safetensors"), "Lorem ipsum dolor sit amet", Cancellation);
        await CliRun.Refused(["predict", At("text.safetensors"), "-d", "digits"], "expected a safetensors file, got text");
    }

    [Fact]
    public async Task A_zip_of_PyTorch_is_refused_with_the_way_to_convert_it()
    {
        await using (var zip = await ZipFile.OpenAsync(At("model.pt"), ZipArchiveMode.Create, Cancellation))
            zip.CreateEntry("data.pkl");
        await CliRun.Refused(["predict", At("model.pt"), "-d", "digits"], "zip archive", "safetensors.torch.save_file");
    }

    [Theory]
    [InlineData("SimpleCnn")]
    [InlineData("PipelineCnn")]
    public async Task Weights_of_another_architecture_are_refused(string architecture)
    {
        using var scope = NewDisposeScope();
        var (tensors, metadata) = SafeTensors.Read(Models.Cnn);
        var card = metadata["adamant.card"].Replace(nameof(StridedCnn), architecture, StringComparison.Ordinal);
        SafeTensors.Write(At("other.safetensors"), tensors, new Dictionary<string, string>(metadata) { ["adamant.card"] = card });
        await CliRun.Refused(["evaluate", At("other.safetensors"), "-d", "digits"], "other.safetensors: ", "xpected");
    }

    [Fact]
    public async Task Weights_without_a_card_are_refused()
    {
        SafeTensors.Write(At("bare.safetensors"), new Dictionary<string, Tensor> { ["weight"] = zeros(2) });
        await CliRun.Refused(["evaluate", At("bare.safetensors"), "-d", "digits"], "bare.safetensors", "expected a model of Adamant");
    }
}
