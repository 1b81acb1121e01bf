using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Adamant.Cli.Tests;

public sealed class ExplainTests(TrainedModels models) : CommandLineTest(models)
{
    [Fact]
    public async Task An_image_gets_its_maps_kernels_saliency_shifts_and_costs()
    {
        var run = await CliRun.Of("explain", Models.Cnn, "-d", "digits", "--sample", "3", "-o", At("page"), "--json");

        Assert.Equal(ExitCode.Held, run.Code);
        using var json = JsonDocument.Parse(run.Output);
        var found = json.RootElement;
        Assert.Equal(3, found.GetProperty("sample").GetProperty("index").GetInt64());
        Assert.Equal(["conv1", "conv2", "fc1", "fc2"], found.GetProperty("stages").EnumerateArray().Select(s => s.GetProperty("layer").GetString()));
        Assert.Equal(2, found.GetProperty("kernels").GetArrayLength());
        Assert.True(found.GetProperty("saliency").GetProperty("integrated").GetProperty("isComplete").GetBoolean());
        Assert.Equal(5, found.GetProperty("translations")[0].GetProperty("points").GetArrayLength());
        Assert.Equal(run.Output.Trim(), (await File.ReadAllTextAsync(At("page/explanation.json"), Cancellation)).Trim());
        Assert.Equal(["answer", "stages", "kernels", "saliency", "translation", "costs", "model"], Sections(Page()));
    }

    [Fact]
    public async Task Every_picture_says_what_it_shows_and_the_page_needs_nothing_else()
    {
        Assert.Equal(ExitCode.Held, (await CliRun.Of("explain", Models.Cnn, "-d", "digits", "-o", At("page"))).Code);
        var page = Page();

        var pictures = page.Descendants().Where(e => e.Name.LocalName == "img").ToList();
        Assert.True(pictures.Count > 8);
        Assert.All(pictures, i => Assert.NotEmpty(i.Attribute("alt")!.Value));
        Assert.All(pictures, i => Assert.StartsWith("data:image/png;base64,", i.Attribute("src")!.Value, StringComparison.Ordinal));
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "iframe");
        Assert.All(page.Descendants().Where(e => e.Name.LocalName == "svg"), s => Assert.True(s.Attribute("aria-hidden") is not null || s.Attribute("aria-label")?.Value.Length > 20));
    }

    [Fact]
    public async Task A_row_gets_bars_with_the_names_of_its_columns()
    {
        var run = await CliRun.Of("explain", Models.Mlp, "-d", "wdbc", "-o", At("page"));

        Assert.Equal(ExitCode.Held, run.Code);
        Assert.Contains("Number 0: ", run.Output, StringComparison.Ordinal);
        Assert.Equal(["answer", "saliency", "model"], Sections(Page()));
        Assert.Contains("worst ", Page().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_of_two_numbers_gets_a_picture_of_the_plane()
    {
        Assert.Equal(0, (await CliRun.Of("train", "-d", "xor", "--epochs", "1", "-o", At("xor.safetensors"))).Code);
        Assert.Equal(0, (await CliRun.Of("explain", At("xor.safetensors"), "-d", "xor", "-o", At("page"))).Code);

        Assert.Equal(["answer", "saliency", "planes", "model"], Sections(Page()));
    }

    [Theory]
    [InlineData("Expected a sample from 0 to 358 of digits, got 359.", "--sample 359")]
    [InlineData("Expected --sample at least 0, got -1.", "--sample -1")]
    [InlineData("There is no option '--fly'", "--fly")]
    public Task Misuse_is_told_in_one_line(string words, string more) => CliRun.Refused(["explain", Models.Cnn, "-d", "digits", "-o", At("page"), .. more.Split(' ')], words);

    [Fact]
    public async Task Data_of_another_shape_and_a_file_in_place_of_the_folder_are_refused()
    {
        await CliRun.Refused(["explain", Models.Cnn, "-d", "wdbc", "-o", At("page")], "The model takes");
        await CliRun.Refused(["explain", Models.Cnn, "-d", "digits", "-o", Models.Cnn], "is a file. Expected a folder");
    }

    private XElement Page()
    {
        using var reader = XmlReader.Create(At("page/index.html"), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }

    private static IEnumerable<string> Sections(XElement page) =>
        page.Descendants().Where(e => e.Name.LocalName == "section").Select(e => e.Attribute("id")!.Value);
}
