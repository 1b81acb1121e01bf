using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets.Tests;

public sealed class ExpectedTests : DatasetTest
{
    private static readonly DatasetCard Card = new() { Name = "set", Input = InputSpec.Features(1), Rows = 2, ClassNames = ["a", "b"], Source = "paper" };

    [Fact]
    public void A_card_without_a_hash_gets_that_of_what_was_read()
    {
        using var data = Expected.Check(Read(), Card);

        Assert.Equal(("paper", "12ab"), (data.Card.Source, data.Card.Sha256));
    }

    [Fact]
    public void Another_hash_and_other_rows_are_refused_with_the_file()
    {
        Assert.StartsWith("file: expected SHA-256 00ff, got 12ab", Refusal(Card with { Sha256 = "00ff" }), StringComparison.Ordinal);
        Assert.StartsWith("file: expected 3 rows, got 2", Refusal(Card with { Rows = 3 }), StringComparison.Ordinal);

        static string Refusal(DatasetCard card) => Assert.Throws<InvalidDataException>(() => Expected.Check(Read(), card)).Message;
    }

    private static TensorDataset Read() => new(Card with { Source = "file", Sha256 = "12ab" }, zeros(2, 1), tensor(new[] { 0L, 1 }));
}
