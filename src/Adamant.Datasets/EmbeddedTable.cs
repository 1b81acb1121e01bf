using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>Reads a table of this assembly with a fixed split: every fifth row (4, 9, 14, …) is for the test.</summary>
internal static class EmbeddedTable
{
    /// <summary>Encodes a part by what the training part teaches.</summary>
    public static (TensorDataset Part, TensorDataset Train) Load(string file, CsvOptions options, DatasetPart part)
    {
        using var stream = EmbeddedFile.Open(file);
        return Split(Csv.ReadTable(file, stream, options), options, part);
    }

    /// <summary>The same for a table that is read already.</summary>
    public static (TensorDataset Part, TensorDataset Train) Split(Table table, CsvOptions options, DatasetPart part)
    {
        var train = table.Select(Rows(table, DatasetPart.Train));
        var encoding = TableEncoding.Fit(train, options);
        return (encoding.Encode(table.Select(Rows(table, part))), encoding.Encode(train));
    }

    /// <summary>How many of <paramref name="all"/> rows belong to a part.</summary>
    public static long Count(long all, DatasetPart part) => part == DatasetPart.Test ? all / 5 : all - (all / 5);

    private static IEnumerable<int> Rows(Table table, DatasetPart part) =>
        Enumerable.Range(0, table.Rows.Count).Where(row => row % 5 == 4 == (part == DatasetPart.Test));
}
