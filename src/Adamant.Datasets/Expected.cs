using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>Compares what was read with what a card promises.</summary>
internal static class Expected
{
    /// <summary>The set under its own card and the hash of what was read; refuses other rows or, where the card has one, another hash.</summary>
    public static TensorDataset Check(TensorDataset data, DatasetCard card)
    {
        Compare(data, card);
        return data.Under(card with { Sha256 = data.Card.Sha256 });
    }

    /// <summary>The same for texts.</summary>
    public static TextDataset Check(TextDataset data, DatasetCard card)
    {
        Compare(data, card);
        return data.Under(card with { Sha256 = data.Card.Sha256 });
    }

    private static void Compare(IDataset data, DatasetCard card)
    {
        if (data.Count == card.Rows && (card.Sha256.Length == 0 || card.Sha256 == data.Card.Sha256)) return;
        var source = data.Card.Source;
        var message = data.Count == card.Rows
            ? $"{source}: expected SHA-256 {card.Sha256}, got {data.Card.Sha256}. Restore the files of '{card.Name}'."
            : $"{source}: expected {card.Rows} rows, got {data.Count}. Restore the files of '{card.Name}'.";
        data.Dispose();
        throw new InvalidDataException(message);
    }
}
