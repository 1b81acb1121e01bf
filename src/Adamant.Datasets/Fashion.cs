using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>The full Fashion-MNIST, read from the user's files or from Debian's package.</summary>
/// <remarks>Source: Xiao, Rasul, Vollgraf, "Fashion-MNIST", 2017, arXiv:1708.07747.</remarks>
/// <param name="folder">Holds <c>fashion</c> or <c>fashion-mnist</c>; null for the place of Debian's package alone.</param>
public sealed class Fashion(string? folder = null) : INamedDataset
{
    private const string Package = "/usr/share/datasets/fashion-mnist";

    private readonly IdxFolder files = new(
        "fashion",
        [.. folder is null ? [] : new[] { Path.Combine(folder, "fashion"), Path.Combine(folder, "fashion-mnist") }, Package],
        $"Install Debian's package dataset-fashion-mnist, or put its four files into the folder fashion below {DatasetCatalog.FolderVariable}.");

    /// <inheritdoc/>
    public string Name => "fashion";

    /// <inheritdoc/>
    public Availability Availability => files.Availability;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "Clothes in gray, 28 x 28: Fashion-MNIST.",
        Input = InputSpec.Image(1, 28, 28),
        Rows = part == DatasetPart.Train ? 60_000 : 10_000,
        ClassNames = FashionMini.ClassNames,
        License = "MIT (Zalando SE)",
        Source = "Xiao, Rasul, Vollgraf, Fashion-MNIST, 2017, arXiv:1708.07747",
        Sha256 = part == DatasetPart.Train
            ? "d9ef4273af5c2e360155dad0c06bd939447bf37a6620db007d69fc79e4732045"
            : "30214f3fe91405cb8ea60b11ecf0914a65dd6a6ca8e13c13a62eb434f2d9fe56",
    };

    /// <inheritdoc/>
    public IDataset Load(DatasetPart part) => Expected.Check(files.Load(part, FashionMini.ClassNames), Card(part));
}
