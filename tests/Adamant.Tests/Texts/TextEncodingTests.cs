using Adamant.Models;
using Adamant.Serialization;
using Adamant.Texts;

namespace Adamant.Tests.Texts;

public sealed class TextEncodingTests : TensorTest
{
    private static readonly TextEncoding Encoding = TextEncoding.Fit(["the cat sat", "the mat"], new TextEncodingOptions { MinCount = 1 });

    [Fact]
    public void Numbers_words_by_how_often_they_occur()
    {
        Assert.Equal(["<pad>", "<unk>", "the", "cat", "mat", "sat"], Encoding.Vocabulary);
        Assert.Equal([new Token(2, 0, 3), new Token(1, 4, 3), new Token(1, 7, 1)], Encoding.Tokenize("The dog!"));
    }

    [Fact]
    public void Pads_behind_the_shorter_texts_of_a_batch() =>
        Assert.Equal([2, 3, 5, 4, 0, 0], Encoding.Encode(["the cat sat", "mat"]).data<long>().ToArray());

    [Fact]
    public void Travels_in_the_card_of_a_model()
    {
        using var folder = new TemporaryFolder();
        using var network = new SimpleLstm(6, 4, 4, 2);
        var (architecture, arguments) = ModelCatalog.Describe(network);
        var card = new ModelCard { Architecture = architecture, Arguments = arguments, Input = Encoding.Input, Encoding = Encoding };
        var path = Path.Combine(folder.Path, "model.safetensors");

        ModelFile.Save(path, network, card);
        using var loaded = ModelFile.Load(path);

        Assert.Equal(Encoding, loaded.Card.Encoding);
        Assert.True(loaded.Text!.Logits(["the cat"]).allclose(network.AsTextVictim(Encoding).Logits(["the cat"])));
    }
}
