using System.Buffers.Binary;
using Adamant.Data;

namespace Adamant.Datasets.Tests;

public sealed class InstalledTests : DatasetTest
{
    private readonly string folder = Directory.CreateTempSubdirectory("adamant-test-").FullName;

    [Fact]
    public void The_full_Fashion_MNIST_has_its_official_rows_and_hash()
    {
        var set = new Fashion();
        Assert.SkipUnless(set.Availability.IsAvailable, $"The full Fashion-MNIST is {set.Availability.Reason}. {set.Availability.HowToGet}");

        Assert.Null(Verification.Of(set, DatasetPart.Test).Fault);
        Assert.Null(Verification.Of(set, DatasetPart.Train).Fault);
    }

    [Fact]
    public void An_installed_MNIST_is_loaded_as_it_is_and_its_missing_rows_are_reported()
    {
        var set = new DatasetCatalog().Find("mnist")!;
        Assert.SkipUnless(set.Availability.IsAvailable, $"MNIST cannot be loaded: {set.Availability.Reason}. {set.Availability.HowToGet}");

        using var train = set.Load(DatasetPart.Train);
        using var test = set.Load(DatasetPart.Test);
        Assert.Equal(60_000, train.Count);
        Assert.Equal(train.Card.Sha256, set.Card(DatasetPart.Train).Sha256);
        Assert.SkipWhen(test.Count == 10_000, "This copy has all rows of the test.");
        Assert.Contains($"{test.Count} of the official 10000 rows", test.Card.Description, StringComparison.Ordinal);
        Assert.Equal($"expected 10000 rows, got {test.Count}", Verification.Of(set, DatasetPart.Test).Fault);
    }

    [Fact]
    public void A_set_that_is_not_there_says_how_to_get_it()
    {
        foreach (var set in new INamedDataset[] { new Mnist(folder), new Cifar10Set(folder), new Mnist(), new Cifar10Set() })
        {
            Assert.False(set.Availability.IsAvailable);
            Assert.Contains("ADAMANT_DATA_DIR", set.Availability.HowToGet, StringComparison.Ordinal);
            Assert.Contains(set.Availability.HowToGet, Assert.Throws<FileNotFoundException>(() => set.Load(DatasetPart.Train)).Message, StringComparison.Ordinal);
            Assert.False(Verification.Of(set, DatasetPart.Test).Holds);
        }
    }

    [Fact]
    public void A_Fashion_MNIST_with_missing_rows_is_refused_with_the_file()
    {
        WriteIdx("fashion", "train", 3);

        var e = Assert.Throws<InvalidDataException>(() => new Fashion(folder).Load(DatasetPart.Train));

        Assert.Contains("train-images-idx3-ubyte: expected 60000 rows, got 3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_MNIST_with_the_official_rows_and_another_content_is_refused()
    {
        WriteIdx("mnist", "train", 60_000);

        var e = Assert.Throws<InvalidDataException>(() => new Mnist(folder).Load(DatasetPart.Train));

        Assert.Contains("train-images-idx3-ubyte: expected SHA-256 c5097fdd", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CIFAR_10_is_read_from_its_five_files_and_counted()
    {
        Directory.CreateDirectory(Path.Combine(folder, "cifar10"));
        foreach (var name in Enumerable.Range(1, 5).Select(n => $"data_batch_{n}.bin").Append("test_batch.bin")) File.WriteAllBytes(Path.Combine(folder, "cifar10", name), new byte[3073]);

        var set = new Cifar10Set(folder);

        Assert.True(set.Availability.IsAvailable);
        Assert.Contains("expected 50000 rows, got 5", Assert.Throws<InvalidDataException>(() => set.Load(DatasetPart.Train)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_catalog_opens_names_and_files_and_lists_its_names_otherwise()
    {
        var catalog = new DatasetCatalog(folder);
        File.WriteAllText(Path.Combine(folder, "a.csv"), "x,y\n1,a\n2,b\n");

        using var named = catalog.Open("digits", new DataFileOptions { Part = DatasetPart.Test });
        using var file = catalog.Open(Path.Combine(folder, "a.csv"));

        Assert.Equal((359, 2), (named.Count, file.Count));
        Assert.Contains("fashion-mini, digits", Assert.Throws<FileNotFoundException>(() => catalog.Open("digit")).Message, StringComparison.Ordinal);
        Assert.Equal(catalog.All.Count, catalog.All.Select(s => s.Name).Distinct().Count());
    }

    private void WriteIdx(string set, string part, int rows)
    {
        Directory.CreateDirectory(Path.Combine(folder, set));
        Span<byte> header = [0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28];
        BinaryPrimitives.WriteInt32BigEndian(header[4..], rows);
        File.WriteAllBytes(Path.Combine(folder, set, $"{part}-images-idx3-ubyte"), [.. header, .. new byte[rows * 784]]);
        File.WriteAllBytes(Path.Combine(folder, set, $"{part}-labels-idx1-ubyte"), [0, 0, 8, 1, .. header[4..8], .. new byte[rows]]);
    }

    public override void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        base.Dispose();
    }
}
