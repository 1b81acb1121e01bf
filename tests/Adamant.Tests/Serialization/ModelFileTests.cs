using Adamant.Data;
using Adamant.Models;
using Adamant.Serialization;
using Adamant.Tests.Models;
using Adamant.Victims;

namespace Adamant.Tests.Serialization;

public sealed class ModelFileTests : TensorTest
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [MemberData(nameof(Family.Names), MemberType = typeof(Family))]
    public void Gives_back_every_family_as_it_was(string family)
    {
        using var network = Family.Of(family).Create();
        network.eval();
        var inputs = Family.Of(family).Inputs();
        var expected = network.call(inputs);
        var sha256 = ModelFile.Save(folder["m"], network, Card(network));

        using var loaded = ModelFile.Load(folder["m"]);

        Assert.Equal(expected.data<float>().ToArray(), loaded.Network.call(inputs).data<float>().ToArray());
        Assert.Equal(network.GetType(), loaded.Network.GetType());
        Assert.Equal(sha256, loaded.Sha256);
        Assert.Equal(network.Input, loaded.Card.Input);
        Assert.All(loaded.Network.parameters(), p => Assert.True(p.requires_grad));
    }

    [Fact]
    public void Gives_back_the_whole_card()
    {
        using var network = new SimpleCnn(size: 8);
        var card = Card(network) with
        {
            ClassNames = [.. Enumerable.Range(0, 10).Select(i => $"Klasse „{i}“")],
            Mean = [0.1f, 0.2f, 0.3f],
            Std = [0.5f, 0.25f, 1],
            Provenance = new Provenance
            {
                Dataset = "signs",
                DatasetSha256 = "ab",
                Objective = "FgsmRs { Radius = 0.1 }",
                Seed = 7,
                Command = "adamant harden",
                AdamantVersion = "0.1.0",
                Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
                Metrics = new Dictionary<string, double> { ["test accuracy"] = 0.9 },
                History = [new EpochReport { Epoch = 1, TrainLoss = double.NaN, LearningRate = 0.1, SamplesPerSecond = 2, Seconds = 3, Probes = new Dictionary<string, double> { ["pgd"] = 0.5 } }],
            },
        };
        ModelFile.Save(folder["m"], network, card);

        using var loaded = ModelFile.Load(folder["m"]);

        Assert.Equivalent(card with { Arguments = loaded.Card.Arguments }, loaded.Card, strict: true);
        Assert.Equal(card.Arguments.Select(a => $"{a}"), loaded.Card.Arguments.Select(a => $"{a}"));
    }

    [Fact]
    public void The_victim_normalizes_and_keeps_the_bounds_of_the_card()
    {
        using var network = new SimpleCnn(size: 8);
        network.eval();
        ModelFile.Save(folder["m"], network, Card(network) with { Mean = [0.5f], Std = [0.25f] });
        using var loaded = ModelFile.Load(folder["m"]);
        var images = rand(2, 3, 8, 8);

        var expected = network.call((images - 0.5) / 0.25);

        Assert.True(loaded.Victim.Logits(images).allclose(expected));
        Assert.Equal(InputSpec.Image(3, 8, 8), loaded.Victim.Input);
        Assert.Throws<ArgumentException>(() => loaded.Victim.Logits(images + 1));
    }

    [Fact]
    public void A_network_of_series_brings_its_units_along()
    {
        using var network = new SeriesLstm(2, 3, 1) { Standardization = new Standardization([1, 24], [0.5f, float.PositiveInfinity], 60, 40) };
        ModelFile.Save(folder["m"], network, Card(network) with { Task = LearningTask.Regression });
        using var loaded = ModelFile.Load(folder["m"]);
        var series = randn(4, 5, 2);

        Assert.Equivalent(network.Standardization, loaded.Card.Standardization, strict: true);
        Assert.Equal(network.call(series).data<float>().ToArray(), loaded.Victim.Logits(series).data<float>().ToArray());
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        using var network = new Mlp(2, [3], 2);
        Assert.Equal(ModelFile.Save(folder["a"], network, Card(network)), ModelFile.Save(folder["b"], network, Card(network)));
        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
    }

    [Fact]
    public void Outlives_the_scope_in_which_it_was_loaded()
    {
        using var network = new SimpleLstm(20, 6, 8, 2);
        ModelFile.Save(folder["m"], network, Card(network) with { Input = network.Input });
        LoadedModel loaded;
        using (NewDisposeScope()) loaded = ModelFile.Load(folder["m"]);

        using (loaded) Assert.Equal([2L, 2], loaded.Victim.Logits(ones(2, 3, dtype: ScalarType.Int64)).shape);
    }

    [Fact]
    public void Refuses_the_card_of_another_network()
    {
        using var network = new Mlp(2, [3], 2);
        using var other = new Mlp(2, [4], 2);
        Assert.Throws<ArgumentException>(() => ModelFile.Save(folder["m"], network, Card(other)));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Refuses_to_write_what_it_would_refuse_to_read()
    {
        using var network = new Mlp(2, [3], 2);
        var card = Card(network);
        (ModelCard Card, string Why)[] bad =
        [
            (card with { ClassNames = ["a"] }, "names 1 classes, the network has 2 outputs"),
            (card with { ClassNames = ["a", null!] }, "Expected a name for each class and feature, got null"),
            (card with { Mean = [0] }, "a mean without a deviation"),
            (card with { Mean = [0, 0, 0], Std = [1, 1, 1] }, "normalizes 3 channels"),
            (card with { Mean = [0], Std = [0] }, "Expected deviations above 0"),
            (card with { Input = InputSpec.Features(3) }, "the network takes Float32 [2]"),
        ];

        Assert.All(bad, b => Assert.Contains(b.Why, Assert.Throws<ArgumentException>(() => ModelFile.Save(folder["m"], network, b.Card)).Message, StringComparison.Ordinal));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void The_hash_is_that_of_the_file()
    {
        using var network = new Mlp(2, [3], 2);
        var sha256 = ModelFile.Save(folder["m"], network, Card(network));

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(folder["m"]))), sha256);
    }

    [Fact]
    public void Refuses_weights_that_are_not_the_cards()
    {
        Damage(tensors => tensors.Remove("layers.0.bias"), "expected a tensor 'layers.0.bias', got none");
        Damage(tensors => tensors["more\n"] = zeros(1), @"expected no tensor 'more\n', got one");
        Damage(tensors => tensors["layers.0.bias"] = zeros(9), "expected 'layers.0.bias' as Float32 [3], got Float32 [9]");
        Damage(tensors => tensors["layers.0.bias"] = zeros(3, dtype: ScalarType.Float64), "got Float64 [3]");
    }

    [Theory]
    [InlineData("\"Mlp\"", "\"Resnet\"", "Expected one of the architectures")]
    [InlineData("\"Mlp\"", "\"Network\"", "Expected one of the architectures")]
    [InlineData("\"Mlp\"", "\"SimpleCnn\"", "SimpleCnn has no argument")]
    [InlineData("\"Mlp\"", "null", "the card is damaged")]
    [InlineData("{", "[", "the card is damaged")]
    [InlineData("\"hidden\":[3]", "\"hidden\":[1000000]", "more weights than there are")]
    [InlineData("\"hidden\":[3]", "\"hidden\":\"3\"", "Expected whole numbers for hidden")]
    [InlineData("\"hidden\":[3]", "\"depth\":[3]", "Mlp has no argument 'depth'")]
    [InlineData("\"shape\":[2]", "\"shape\":[3]", "the card says that inputs are Float32 [3], the network takes Float32 [2]")]
    [InlineData("\"shape\":[2]", "\"shape\":[0]", "the card is damaged")]
    [InlineData("\"Float32\"", "\"Complex\"", "the card is damaged")]
    [InlineData("\"classNames\":[]", "\"names\":[]", "the card is damaged")]
    [InlineData("\"classNames\":[]", "\"classNames\":[null]", "the card is damaged")]
    [InlineData("\"classNames\":[]", "\"classNames\":[\"a\"]", "names 1 classes, the network has 2 outputs")]
    [InlineData("\"classNames\":[]", "\"classNames\":[],\"mean\":[0]", "a mean without a deviation")]
    [InlineData("\"classNames\":[]", "\"classNames\":[],\"mean\":[0,0,0],\"std\":[1,1,1]", "normalizes 3 channels")]
    [InlineData("\"classNames\":[]", "\"classNames\":[],\"mean\":[0],\"std\":[0]", "Expected deviations above 0")]
    public void Refuses_cards_that_are_not_of_the_network(string part, string replacement, string why)
    {
        using var network = new Mlp(2, [3], 2);
        ModelFile.Save(folder["m"], network, Card(network));
        var (tensors, metadata) = SafeTensors.Read(folder["m"]);
        var json = metadata["adamant.card"];
        var at = json.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at >= 0, json);
        SafeTensors.Write(folder["m"], tensors, new Dictionary<string, string>(metadata) { ["adamant.card"] = string.Concat(json.AsSpan(0, at), replacement, json.AsSpan(at + part.Length)) });
        Refuses(why);
    }

    [Fact]
    public void Says_what_a_file_is_that_is_no_model_of_Adamant()
    {
        SafeTensors.Write(folder["m"], new Dictionary<string, Tensor> { ["w"] = zeros(1) }, new Dictionary<string, string> { ["format"] = "pt" });
        Refuses("safetensors file without a card");
        SafeTensors.Write(folder["m"], new Dictionary<string, Tensor>(), new Dictionary<string, string> { ["adamant.format"] = "2", ["adamant.card"] = "{}" });
        Refuses("Use a newer version of Adamant");
        File.WriteAllText(folder["m"], "# A model");
        Refuses("got text");
        Assert.Throws<FileNotFoundException>(() => ModelFile.Load(folder["missing"]));
    }

    [Fact]
    public void Any_damaged_byte_gives_a_model_or_a_refusal()
    {
        using var network = new Mlp(2, [3], 2);
        ModelFile.Save(folder["m"], network, Card(network) with { ClassNames = ["a", "b"], Mean = [0], Std = [1] });
        var bytes = File.ReadAllBytes(folder["m"]);
        for (var at = 0; at < bytes.Length; at++)
        {
            using var scope = NewDisposeScope();
            bytes[at] ^= (byte)(1 << (at % 7));
            File.WriteAllBytes(folder["m"], bytes);
            bytes[at] ^= (byte)(1 << (at % 7));
            var e = Record.Exception(() => ModelFile.Load(folder["m"]).Dispose());
            Assert.True(e is null or InvalidDataException, $"byte {at}: {e}");
            Assert.DoesNotContain('\n', e?.Message ?? "");
        }
    }

    [Fact]
    public void A_small_file_cannot_ask_for_much_memory()
    {
        foreach (var (architecture, arguments) in new[]
        {
            ("SimpleCnn", """{"size":1024,"classes":1000000}"""), ("Mlp", """{"inputs":1000000,"hidden":[1000000],"outputs":1}"""),
            ("SimpleLstm", """{"vocabulary":1000000,"hidden":1000000}"""), ("ElmanRnn", """{"features":1000000,"hidden":1000000,"classes":2}"""),
            ("TransformerClassifier", """{"vocabulary":2,"maxLength":1000000,"dModel":1000000,"heads":1,"layers":1,"feedForward":1,"classes":1}"""),
        })
        {
            var card = $$$"""{"architecture":"{{{architecture}}}","arguments":{{{arguments}}},"input":{"type":"Float32","shape":[2]},"task":"Classification","classNames":[],"featureNames":[]}""";
            SafeTensors.Write(folder["m"], new Dictionary<string, Tensor> { ["w"] = zeros(1) }, new Dictionary<string, string> { ["adamant.format"] = "1", ["adamant.card"] = card });
            Refuses("more weights than there are");
        }
    }

    private void Damage(Action<Dictionary<string, Tensor>> change, string why)
    {
        using var network = new Mlp(2, [3], 2);
        ModelFile.Save(folder["m"], network, Card(network));
        var (tensors, metadata) = SafeTensors.Read(folder["m"]);
        var changed = new Dictionary<string, Tensor>(tensors);
        change(changed);
        changed["layers.1.bias"] = zeros(2);
        SafeTensors.Write(folder["m"], changed, metadata);
        Refuses(why);
    }

    private void Refuses(string why)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var e = Assert.Throws<InvalidDataException>(() => ModelFile.Load(folder["m"]));
        Assert.StartsWith(folder["m"] + ": ", e.Message, StringComparison.Ordinal);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static ModelCard Card(Network network)
    {
        var (architecture, arguments) = ModelCatalog.Describe(network);
        return new ModelCard { Architecture = architecture, Arguments = arguments, Input = network.Input };
    }

    public override void Dispose()
    {
        folder.Dispose();
        base.Dispose();
    }
}
