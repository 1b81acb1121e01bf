using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>What the sets of points of the plane share.</summary>
internal static class PlaneSet
{
    private const int Most = 1_000_000;

    public static DatasetCard Card(string name, string description, DatasetPart part, int trainRows, int testRows, IReadOnlyList<string> classes) => new()
    {
        Name = name,
        Description = description,
        Input = InputSpec.Features(2),
        Rows = part == DatasetPart.Train ? trainRows : testRows,
        ClassNames = classes,
        FeatureNames = ["x1", "x2"],
        License = "MIT",
        Source = "Adamant",
    };

    /// <summary>Point n depends on nothing but the seed, the part and n.</summary>
    /// <exception cref="ArgumentException">The number of rows is out of its range.</exception>
    public static TensorDataset Make(DatasetCard card, int seed, DatasetPart part, Func<int, SplitMix, (double X, double Y, int Label)> point)
    {
        if (card.Rows is < 1 or > Most) throw new ArgumentException($"Expected 1 to {Most:N0} rows for each part, got {card.Rows}.");
        using var scope = NewDisposeScope();
        var points = Enumerable.Range(0, (int)card.Rows).Select(row => point(row, SplitMix.Of(seed, (2L * row) + (part == DatasetPart.Test ? 1 : 0)))).ToArray();
        return new TensorDataset(
            card,
            tensor(points.SelectMany(p => new[] { (float)p.X, (float)p.Y }).ToArray(), [card.Rows, 2]),
            tensor(points.Select(p => (long)p.Label).ToArray()));
    }
}
