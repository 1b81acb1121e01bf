using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>CIFAR-10, read from the user's files in their official binary format.</summary>
/// <remarks>Source: Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009. The set states no license: evaluate, and do not redistribute.</remarks>
/// <param name="folder">Holds <c>cifar10</c>; null for nowhere.</param>
public sealed class Cifar10Set(string? folder = null) : INamedDataset
{
    private const string HowToGet =
        $"Put data_batch_1.bin to data_batch_5.bin and test_batch.bin of the binary version into the folder cifar10 below {DatasetCatalog.FolderVariable}.";

    /// <inheritdoc/>
    public string Name => "cifar10";

    /// <inheritdoc/>
    public Availability Availability
    {
        get
        {
            if (folder is null) return new Availability(false, "no folder is given", HowToGet);
            var missing = Files(DatasetPart.Train).Concat(Files(DatasetPart.Test)).FirstOrDefault(f => !File.Exists(f));
            return missing is null ? new Availability(true, Path.Combine(folder, Name)) : new Availability(false, $"{missing} is missing", HowToGet);
        }
    }

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "Photographs in color, 32 x 32: CIFAR-10.",
        Input = InputSpec.Image(3, 32, 32),
        Rows = part == DatasetPart.Train ? 50_000 : 10_000,
        ClassNames = Cifar10.ClassNames,
        License = "none stated",
        Source = "Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009",
    };

    /// <inheritdoc/>
    public IDataset Load(DatasetPart part)
    {
        var missing = folder is null ? "cifar10" : Files(part).FirstOrDefault(f => !File.Exists(f));
        if (missing is not null) throw new FileNotFoundException($"'{Name}': {missing} is missing. {HowToGet}", missing);
        return Expected.Check(Cifar10.Open(Files(part)), Card(part));
    }

    private string[] Files(DatasetPart part) => part == DatasetPart.Test
        ? [Path.Combine(folder!, Name, "test_batch.bin")]
        : [.. Enumerable.Range(1, 5).Select(n => Path.Combine(folder!, Name, $"data_batch_{n}.bin"))];
}
