using Adamant.Models;
using Adamant.Serialization;
using Adamant.Texts;

namespace Adamant.Tests.Texts;

public sealed class EncodingInModelTests : TensorTest
{
    private static readonly TextEncoding Encoding = TextEncoding.Fit(["the cat sat", "the mat"], new TextEncodingOptions { MinCount = 1 });
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(Splitting.Words)]
    [InlineData(Splitting.Bpe)]
    [InlineData(Splitting.WordPiece)]
    [InlineData(Splitting.Characters)]
    public void Travels_in_the_card_of_a_model(Splitting splitting)
    {
        var encoding = TextEncoding.Fit(["the cat sat", "the mat"], new TextEncodingOptions { MinCount = 1, Splitting = splitting });
        using var network = new SimpleLstm(encoding.Vocabulary.Count, 4, 4, 2);
        ModelFile.Save(folder["m"], network, Card(network, encoding));

        using var loaded = ModelFile.Load(folder["m"]);

        Assert.Equal(encoding, loaded.Card.Encoding);
        Assert.True(loaded.Text!.Logits(["the cat"]).allclose(network.AsTextVictim(encoding).Logits(["the cat"])));
    }

    [Theory]
    [InlineData("\"cat\"", "\"the\"", "twice")]
    [InlineData("\"cat\"", "null", "an empty piece")]
    [InlineData("\"<pad>\"", "\"pad\"", "begins with")]
    [InlineData("\"cat\",", "", "a vocabulary of 5 tokens, the network knows 6")]
    [InlineData("\"maxLength\":256", "\"maxLength\":2000000000", "texts of 1 to 1000000 tokens")]
    [InlineData("\"maxLength\":256", "\"maxLength\":-1", "texts of 1 to 1000000 tokens")]
    [InlineData("\"Words\"", "77", "a way to split texts")]
    [InlineData("\"Words\"", "\"Letters\"", "the card is damaged")]
    [InlineData("\"Words\"", "null", "the card is damaged")]
    public void A_file_with_a_hostile_encoding_is_refused(string part, string replacement, string why)
    {
        using var network = new SimpleLstm(6, 4, 4, 2);
        ModelFile.Save(folder["m"], network, Card(network, Encoding));
        var (tensors, metadata) = SafeTensors.Read(folder["m"]);
        var json = metadata["adamant.card"].Replace("\\u003C", "<", StringComparison.Ordinal).Replace("\\u003E", ">", StringComparison.Ordinal);
        Assert.Contains(part, json, StringComparison.Ordinal);
        SafeTensors.Write(folder["m"], tensors, new Dictionary<string, string>(metadata) { ["adamant.card"] = json.Replace(part, replacement, StringComparison.Ordinal) });

        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => ModelFile.Load(folder["m"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encoding_that_does_not_fit_its_network_is_not_saved()
    {
        using var table = new Mlp(2, [3], 2);
        Assert.Contains("does not read tokens", Refusal(table, Encoding), StringComparison.Ordinal);
        using var transformer = new TransformerClassifier(6, 12, 4, 2, 1, 4, 2);
        Assert.Contains("reads at most 12", Refusal(transformer, Encoding), StringComparison.Ordinal);
    }

    private string Refusal(Network network, TextEncoding encoding) =>
        Assert.Throws<ArgumentException>(() => ModelFile.Save(folder["m"], network, Card(network, encoding))).Message;

    private static ModelCard Card(Network network, TextEncoding encoding)
    {
        var (architecture, arguments) = ModelCatalog.Describe(network);
        return new ModelCard { Architecture = architecture, Arguments = arguments, Input = network.Input, Encoding = encoding };
    }

    public override void Dispose()
    {
        folder.Dispose();
        base.Dispose();
    }
}
