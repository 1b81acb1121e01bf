using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>Where a set in MNIST's files may lie.</summary>
/// <param name="Name">The set.</param>
/// <param name="Folders">The places in the order in which they are tried.</param>
/// <param name="HowToGet">What to do when it is in none of them.</param>
internal sealed record IdxFolder(string Name, IReadOnlyList<string> Folders, string HowToGet)
{
    /// <summary>Whether both parts are there.</summary>
    public Availability Availability => Folders.FirstOrDefault(f => Idx.Has(f, DatasetPart.Train) && Idx.Has(f, DatasetPart.Test)) is { } found
        ? new Availability(true, found)
        : new Availability(false, Folders.Count == 0 ? "no folder is given" : $"not in {string.Join(", ", Folders)}", HowToGet);

    /// <summary>Reads a part as it lies there.</summary>
    /// <exception cref="FileNotFoundException">The part is in none of the folders.</exception>
    public TensorDataset Load(DatasetPart part, IReadOnlyList<string> classNames) => Folders.FirstOrDefault(f => Idx.Has(f, part)) is { } found
        ? Idx.OpenFolder(found, part, classNames)
        : throw new FileNotFoundException($"'{Name}' cannot be loaded: {Availability.Reason}. {HowToGet}");
}
