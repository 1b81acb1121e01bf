using System.Text.Json;
using Adamant.Auditing;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;
using FsCheck;
using FsCheck.Xunit;

namespace Adamant.Tests.Auditing;

public sealed class AuditJsonTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Writes_a_share_with_counts_value_and_interval()
    {
        // 5 of 10: Wilson's 95 % interval is [0.2366, 0.7634].
        using var json = JsonDocument.Parse(AuditJson.ToText(Sample(new Proportion(5, 10))));
        var share = json.RootElement.GetProperty("models")[0].GetProperty("cleanAccuracy");

        Assert.Equal((5, 10, 0.5), (share.GetProperty("successes").GetInt64(), share.GetProperty("trials").GetInt64(), share.GetProperty("value").GetDouble()));
        Assert.Equal(0.2366, share.GetProperty("wilson95")[0].GetDouble(), 4);
        Assert.Equal(0.7634, share.GetProperty("wilson95")[1].GetDouble(), 4);
    }

    [Fact]
    public void Writes_null_for_a_share_of_nothing_and_leaves_out_bounds_that_are_infinite()
    {
        using var json = JsonDocument.Parse(AuditJson.ToText(Sample(default)));

        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("models")[0].GetProperty("cleanAccuracy").GetProperty("value").ValueKind);
        Assert.False(json.RootElement.GetProperty("data").GetProperty("input").TryGetProperty("min", out _));
    }

    [Fact]
    public void Leaves_the_values_of_samples_out()
    {
        var text = AuditJson.ToText(Sample(new Proportion(5, 10)));

        Assert.DoesNotContain("original", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("moved", text, StringComparison.OrdinalIgnoreCase);
    }

    [Property]
    public void What_is_written_is_read_back(NonNegativeInt successes, NonNegativeInt more, NonNull<string> title, double loss)
    {
        var name = new string([.. title.Get.Where(c => !char.IsSurrogate(c))]);
        var audit = Sample(new Proportion(successes.Get, (long)successes.Get + more.Get), name, loss);
        var path = Path.Combine(folder, "audit.json");

        AuditJson.Write(audit, path);
        var back = AuditJson.Read(path);

        Assert.Equal(AuditJson.ToText(audit), AuditJson.ToText(back));
        Assert.Equal((name, audit.Data.Input, audit.Created), (back.Title, back.Data.Input, back.Created));
        Assert.Equal(audit.Models[0].CleanAccuracy, back.Models[0].CleanAccuracy);
        Assert.Equal(loss, back.Models[0].Card.Provenance!.History[0].TrainLoss);
        Assert.Equal([path], Directory.EnumerateFileSystemEntries(folder));
    }

    [Theory]
    [InlineData(new long[] { 1, 28, 28 })]
    [InlineData(new long[] { -1 })]
    public void Input_contracts_are_read_back(long[] shape)
    {
        InputSpec[] inputs = shape.Length == 3 ? [InputSpec.Image(1, 28, 28)] : [InputSpec.Tokens(5000), new InputSpec(shape, -1)];
        foreach (var input in inputs)
        {
            var audit = Sample(new Proportion(1, 2));
            var path = Path.Combine(folder, "audit.json");
            AuditJson.Write(audit with { Data = audit.Data with { Input = input } }, path);

            Assert.Equal(input, AuditJson.Read(path).Data.Input);
        }
    }

    [Theory]
    [InlineData("", "expected an audit as JSON")]
    [InlineData("null", "got null")]
    [InlineData("{}", "expected an audit as JSON")]
    [InlineData("[1", "expected an audit as JSON")]
    public void Refuses_what_is_not_an_audit(string content, string message)
    {
        var path = Path.Combine(folder, "audit.json");
        File.WriteAllText(path, content);

        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => AuditJson.Read(path)).Message);
    }

    [Theory]
    [InlineData("\"successes\": 5", "\"successes\": 11", "got 11")]
    [InlineData("\"successes\": 5", "\"successes\": \"five\"", "whole numbers")]
    [InlineData("\"format\": 1", "\"format\": 2", "expected format 1, got 2")]
    [InlineData("\"type\": \"Float32\"", "\"type\": \"Float16\"", "got Float16")]
    [InlineData("\"name\": \"undefended\"", "\"name\": null", "expected an audit as JSON")]
    public void Refuses_wrong_values(string from, string to, string message)
    {
        var path = Path.Combine(folder, "audit.json");
        var text = AuditJson.ToText(Sample(new Proportion(5, 10)));
        Assert.Contains(from, text);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));

        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => AuditJson.Read(path)).Message);
    }

    [Fact]
    public void Keeps_the_old_file_when_the_new_one_cannot_be_written()
    {
        Assert.Throws<DirectoryNotFoundException>(() => AuditJson.Write(Sample(default), Path.Combine(folder, "missing", "audit.json")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    private static Audit Sample(Proportion clean, string title = "A title", double loss = 0.5) => new()
    {
        Title = title,
        Created = new DateTimeOffset(2026, 11, 24, 9, 30, 0, TimeSpan.FromHours(1)),
        Threat = "Linf 0.1",
        Reproduction = new Reproduction("adamant audit", 7, "0.1.0", "TorchSharp", "2 cores", 12.5),
        Data = new DatasetCard { Name = "rows", Input = InputSpec.Features(3), Rows = 10, ClassNames = ["a", "b"] },
        Models =
        [
            new AuditedModel
            {
                Name = "undefended",
                Card = new ModelCard
                {
                    Architecture = "Mlp",
                    Arguments = new Dictionary<string, JsonElement> { ["hidden"] = JsonDocument.Parse("[8, 8]").RootElement },
                    Input = InputSpec.Features(3),
                    Provenance = new Provenance
                    {
                        Dataset = "rows",
                        Objective = "Plain",
                        Seed = 7,
                        AdamantVersion = "0.1.0",
                        Created = DateTimeOffset.UnixEpoch,
                        History = [new EpochReport { Epoch = 1, TrainLoss = loss, LearningRate = 0.1, SamplesPerSecond = 100, Seconds = 1 }],
                    },
                },
                ParameterCount = 10,
                CleanAccuracy = clean,
                Attacks =
                [
                    new AttackFinding
                    {
                        Name = "pgd", Parameters = "Pgd { }", RobustAccuracy = clean, Success = clean, PerClass = [clean, default],
                        MaxPerturbation = 0.1, Forwards = 10, Gradients = 10, Seconds = 1,
                    },
                ],
                Curves = [new SecurityCurve("pgd", "Linf", [new SecurityPoint(0, clean), new SecurityPoint(0.1, default)])],
                Examples =
                [
                    new AdversarialExample
                    {
                        Index = 3, Attack = "pgd", Label = 1, Clean = new Verdict(1, 0.9), Adversarial = new Verdict(0, 0.6),
                        Shape = [3], Original = [1, 2, 3], Moved = [1, 2, 4],
                    },
                ],
            },
        ],
    };
}
