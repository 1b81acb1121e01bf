using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>A data set that has a name, a fixed split and a known content.</summary>
public interface INamedDataset
{
    /// <summary>The name by which the command line knows the set.</summary>
    string Name { get; }

    /// <summary>Whether the set can be loaded here and now, and how to get it if not.</summary>
    Availability Availability { get; }

    /// <summary>What the set ought to be, known without its files: rows, classes, license, SHA-256.</summary>
    DatasetCard Card(DatasetPart part);

    /// <summary>Loads a part and checks it against what it ought to be.</summary>
    /// <exception cref="FileNotFoundException">The set is not available: says how to get it.</exception>
    /// <exception cref="InvalidDataException">Wrong hash, missing rows, or damaged values: names the file.</exception>
    IDataset Load(DatasetPart part);
}
