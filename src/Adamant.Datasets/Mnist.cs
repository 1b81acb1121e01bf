using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>MNIST, read from the user's files in their official format.</summary>
/// <remarks>
/// Copies that hold fewer rows than the official 60,000 and 10,000 are loaded as they are, because they are common, and their card says so;
/// <see cref="Verification"/> reports them. Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits".
/// </remarks>
/// <param name="folder">Holds <c>mnist</c>; null for nowhere.</param>
public sealed class Mnist(string? folder = null) : INamedDataset
{
    private readonly IdxFolder files = new(
        "mnist",
        folder is null ? [] : [Path.Combine(folder, "mnist")],
        $"Put train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte (.gz or not) into the folder mnist below {DatasetCatalog.FolderVariable}.");

    /// <inheritdoc/>
    public string Name => "mnist";

    /// <inheritdoc/>
    public Availability Availability => files.Availability;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "Handwritten digits, 28 x 28: MNIST.",
        Input = InputSpec.Image(1, 28, 28),
        Rows = part == DatasetPart.Train ? 60_000 : 10_000,
        ClassNames = [.. Enumerable.Range(0, 10).Select(n => n.ToString())],
        License = "CC BY-SA 3.0 (as stated by Keras and TensorFlow)",
        Source = "LeCun, Cortes, Burges, The MNIST database of handwritten digits",
        Sha256 = part == DatasetPart.Train ? "c5097fdd51cfdbe7695fd9df3612695696864b5c424f58d843ffdc5d335e9914" : "",
    };

    /// <inheritdoc/>
    public IDataset Load(DatasetPart part)
    {
        var card = Card(part);
        var data = files.Load(part, card.ClassNames);
        if (data.Count >= card.Rows) return Expected.Check(data, card);
        var note = $" {data.Count} of the official {card.Rows} rows: accuracy is not comparable with figures for all of them.";
        return data.Under(card with { Rows = data.Count, Description = card.Description + note, Sha256 = data.Card.Sha256 });
    }
}
