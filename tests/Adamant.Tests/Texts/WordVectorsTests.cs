using Adamant.Texts;

namespace Adamant.Tests.Texts;

public sealed class WordVectorsTests : TensorTest
{
    private static readonly string[] Corpus =
    [
        .. Enumerable.Range(0, 20).SelectMany(i => new[]
        {
            $"the {(i % 2 == 0 ? "cat" : "dog")} sleeps on the sofa", $"a {(i % 3 == 0 ? "cat" : "dog")} eats its food", "the bank pays interest on money", "money in a bank earns interest",
        }),
    ];

    [Fact]
    public void Measures_angles()
    {
        var vectors = new WordVectors(["east", "north", "northeast"], tensor(new float[,] { { 2, 0 }, { 0, 3 }, { 1, 1 } }));

        Assert.Equal(0, vectors.Cosine("east", "north"), 1e-6);
        Assert.Equal(Math.Sqrt(0.5), vectors.Cosine("East", "northeast"), 1e-6);
        Assert.True(double.IsNaN(vectors.Cosine("east", "west")));
        Assert.Equal(["northeast", "north"], vectors.Nearest("east", 5));
        Assert.Equal(["northeast"], vectors.Nearest("east", 5, 0.5));
        Assert.Empty(vectors.Nearest("west", 5));
    }

    [Fact]
    public void Words_that_keep_the_same_company_are_near()
    {
        var vectors = WordVectors.Fit(Corpus, new WordVectorOptions { Dimensions = 8 });

        Assert.Equal("dog", vectors.Nearest("cat", 1).Single());
        Assert.True(vectors.Cosine("cat", "dog") > vectors.Cosine("cat", "interest"));
    }

    [Fact]
    public void Learns_the_same_from_the_same_texts()
    {
        var (a, b) = (WordVectors.Fit(Corpus), WordVectors.Fit(Corpus));

        Assert.Equal(a.Words, b.Words);
        Assert.All(a.Words, word => Assert.Equal(a.Cosine("cat", word), b.Cosine("cat", word)));
    }

    [Fact]
    public void The_embeddings_of_a_network_are_vectors_too()
    {
        var encoding = TextEncoding.Fit(["good bad good bad"]);

        var vectors = WordVectors.Of(encoding, tensor(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { -1, 0 } }));

        Assert.Equal(-1, vectors.Cosine("good", "bad"), 1e-6);
    }

    [Fact]
    public void Refuses_what_has_no_vectors()
    {
        Assert.Contains("one per word", Assert.Throws<ArgumentException>(() => new WordVectors(["a"], ones(2, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("at least 2 times", Assert.Throws<ArgumentException>(() => WordVectors.Fit(["one two three"])).Message, StringComparison.Ordinal);
    }
}
