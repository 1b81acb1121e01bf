using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>What came out when a data set was read, hashed and counted again.</summary>
/// <param name="Name">The set.</param>
/// <param name="Part">Its part.</param>
/// <param name="Expected">What it ought to be.</param>
/// <param name="Actual">What it is; null when it could not be loaded.</param>
/// <param name="Fault">Why it does not hold, in one line; null when it does.</param>
public sealed record Verification(string Name, DatasetPart Part, DatasetCard Expected, DatasetCard? Actual, string? Fault)
{
    /// <summary>Whether rows and hash are the expected ones.</summary>
    public bool Holds => Fault is null;

    /// <summary>Reads a part of a set again, and compares rows and SHA-256 with its card.</summary>
    public static Verification Of(INamedDataset set, DatasetPart part)
    {
        ArgumentNullException.ThrowIfNull(set);
        var expected = set.Card(part);
        try
        {
            using var data = set.Load(part);
            return new Verification(set.Name, part, expected, data.Card, Compare(expected, data.Card));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new Verification(set.Name, part, expected, null, e.Message);
        }
    }

    private static string? Compare(DatasetCard expected, DatasetCard actual) =>
        actual.Rows != expected.Rows ? $"expected {expected.Rows} rows, got {actual.Rows}"
        : expected.Sha256.Length > 0 && actual.Sha256 != expected.Sha256 ? $"expected SHA-256 {expected.Sha256}, got {actual.Sha256}"
        : null;
}
