using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>Fashion-MNIST in small: 1,500 and 500 of its pictures, embedded.</summary>
/// <remarks>150 and 50 of each class, drawn from the official parts. Source: Xiao, Rasul, Vollgraf, "Fashion-MNIST", 2017, arXiv:1708.07747.</remarks>
public sealed class FashionMini : INamedDataset
{
    /// <summary>The classes in the order of their numbers.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <inheritdoc/>
    public string Name => "fashion-mini";

    /// <inheritdoc/>
    public Availability Availability => Availability.Embedded;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "Clothes in gray, 28 x 28: a small cut of Fashion-MNIST.",
        Input = InputSpec.Image(1, 28, 28),
        Rows = part == DatasetPart.Train ? 1500 : 500,
        ClassNames = ClassNames,
        License = "MIT (Zalando SE)",
        Source = "Xiao, Rasul, Vollgraf, Fashion-MNIST, 2017, arXiv:1708.07747",
        Sha256 = part == DatasetPart.Train
            ? "aa66d5e951b6cfc142fd3f959e57fa94d277a88d4a18a56ebc64bc36bd569876"
            : "6b1c464977ba5a576e8e3291aa8e59cf19abe895ccc14b2410bf88d20ea6b78b",
    };

    /// <inheritdoc/>
    public IDataset Load(DatasetPart part)
    {
        var (images, labels) = part == DatasetPart.Train
            ? ("fashion-train-images.idx.gz", "fashion-train-labels.idx.gz")
            : ("fashion-test-images.idx.gz", "fashion-test-labels.idx.gz");
        using var imageFile = EmbeddedFile.Open(images);
        using var labelFile = EmbeddedFile.Open(labels);
        return Expected.Check(Idx.Read(images, imageFile, labels, labelFile, ClassNames), Card(part));
    }
}
