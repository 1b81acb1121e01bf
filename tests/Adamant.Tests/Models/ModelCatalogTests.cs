using System.Text.Json;
using Adamant.Models;

namespace Adamant.Tests.Models;

public sealed class ModelCatalogTests : TensorTest
{
    [Theory]
    [InlineData("SimpleCnn")]
    [InlineData("simple-cnn")]
    [InlineData("SIMPLECNN")]
    public void Finds_an_architecture_by_any_spelling(string name)
    {
        using var network = ModelCatalog.Create(name, Arguments("""{"size":8,"classes":3}"""));

        var cnn = Assert.IsType<SimpleCnn>(network);
        Assert.Equal((3, 3, 8), (cnn.Classes, cnn.Channels, cnn.Size));
    }

    [Fact]
    public void Names_the_architectures_that_there_are()
    {
        var e = Assert.Throws<ArgumentException>(() => ModelCatalog.Find("resnet"));
        Assert.Contains("mlp", e.Message, StringComparison.Ordinal);
        Assert.Contains("vision-transformer", e.Message, StringComparison.Ordinal);
        Assert.Equal("simple-cnn: classes=10, channels=3, size=32", ModelCatalog.Find("SimpleCnn").ToString());
        Assert.Equal("mlp: inputs, hidden, outputs", ModelCatalog.Find("Mlp").ToString());
    }

    [Theory]
    [InlineData("""{"size":8,"depth":3}""", "no argument 'depth'. Expected: classes, channels, size")]
    [InlineData("""{"size":"large"}""", "Expected a whole number for size, got large")]
    [InlineData("""{"size":8.5}""", "Expected a whole number for size, got 8.5")]
    [InlineData("""{"size":null}""", "Expected a whole number for size")]
    [InlineData("""{"size":-8}""", "Expected size from")]
    public void Refuses_arguments_that_the_architecture_does_not_have(string json, string why) =>
        Assert.Contains(why, Assert.ThrowsAny<ArgumentException>(() => ModelCatalog.Create("simple-cnn", Arguments(json))).Message, StringComparison.Ordinal);

    [Fact]
    public void Says_what_a_file_asked_for_in_one_short_printable_line()
    {
        var rude = "\u001b[2J\n" + new string('x', 10_000);
        string[] messages =
        [
            Assert.Throws<ArgumentException>(() => ModelCatalog.Find(rude)).Message,
            Assert.Throws<ArgumentException>(() => ModelCatalog.Create("mlp", new Dictionary<string, JsonElement> { [rude] = default })).Message,
            Assert.Throws<ArgumentException>(() => ModelCatalog.Create("mlp", new Dictionary<string, JsonElement> { ["inputs"] = ModelCardJsonText(rude) })).Message,
        ];

        Assert.All(messages, m => Assert.DoesNotContain(m.Split(" (Parameter")[0], char.IsControl));
        Assert.All(messages, m => Assert.True(m.Length < 500));

        static JsonElement ModelCardJsonText(string text) => JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\"");
    }

    [Fact]
    public void Asks_for_arguments_without_a_default() =>
        Assert.Contains("needs the argument 'hidden'", Assert.Throws<ArgumentException>(() => ModelCatalog.Create("mlp", Arguments("""{"inputs":2}"""))).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Family.Names), MemberType = typeof(Family))]
    public void Describes_every_family_so_that_it_can_be_built_again(string family)
    {
        using var network = Family.Of(family).Create();

        var (name, arguments) = ModelCatalog.Describe(network);
        using var again = ModelCatalog.Create(name, arguments);

        Assert.Equal(Shapes(network), Shapes(again));
        Assert.Equal(arguments.Select(a => $"{a}"), ModelCatalog.Describe(again).Arguments.Select(a => $"{a}"));
    }

    [Theory]
    [MemberData(nameof(Family.Names), MemberType = typeof(Family))]
    public void Every_family_announces_its_weights_before_it_allocates_them(string family)
    {
        using var network = Family.Of(family).Create();
        var weights = network.ParameterCount;
        var matrices = network.parameters().Where(p => p.dim() > 1).Sum(p => p.numel());

        using var fits = Dimension.Within(weights, Family.Of(family).Create);
        Assert.ThrowsAny<ArgumentException>(() => Dimension.Within(matrices * 9 / 10, Family.Of(family).Create));
        using var unlimited = Family.Of(family).Create();
    }

    [Fact]
    public void Every_family_of_the_catalog_is_tested() =>
        Assert.Equal(ModelCatalog.All.Select(a => a.Name), Family.Names.Select(row => Family.Of(row.Data).Create().GetType().Name).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> Shapes(Network network) =>
        network.named_parameters().Select(p => $"{p.name} [{string.Join(", ", p.parameter.shape)}]");

    private static Dictionary<string, JsonElement> Arguments(string json) =>
        JsonElement.Parse(json).EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
}
