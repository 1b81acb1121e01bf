using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Adamant.Data;

namespace Adamant.Tests.Data;

public sealed class ImageFolderTests : TensorTest
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Reads_classes_in_the_order_of_their_names_and_the_pixels_of_each_file()
    {
        Draw("dog/1.bmp", 2, 1, 0, 0, 255, 0, 255, 0);          // BMP stores blue, green, red: a red pixel, then a green one
        Draw("cat/2.bmp", 2, 1, 255, 255, 255, 0, 0, 0);
        Draw("cat/10.bmp", 2, 1, 51, 51, 51, 0, 0, 51);
        File.WriteAllText(folder["cat/notes.txt"], "no image");

        using var data = DataFile.Open(folder.Path);
        var all = data.ReadAll();

        Assert.Equal(["cat", "dog"], data.Card.ClassNames);
        Assert.Equal([3, 3, 1, 2], all.Inputs.shape);
        var pictures = Enumerable.Range(0, 3).ToDictionary(i => string.Join(" ", all.Inputs[i].contiguous().data<float>().ToArray()), i => all.Labels[i].item<long>());
        Assert.Equal((0, 0, 1), (pictures["0.2 0.2 0.2 0 0.2 0"], pictures["1 0 1 0 1 0"], pictures["1 0 0 1 0 0"]));
    }

    [Fact]
    public void The_first_pictures_are_of_all_classes_and_the_order_is_always_the_same()
    {
        for (byte i = 0; i < 40; i++) Draw($"{(i < 20 ? "a" : "b")}/{i}.bmp", 1, 1, i, i, i);

        using var data = ImageFolder.Open(folder.Path);
        using var again = ImageFolder.Open(folder.Path);

        Assert.InRange(data.Read(0, 10).Labels.data<long>().ToArray().Sum(), 2, 8);
        Assert.InRange(data.Read(0, 20).Labels.data<long>().ToArray().Sum(), 5, 15);
        Assert.Equal(data.ReadAll().Inputs.data<float>().ToArray(), again.ReadAll().Inputs.data<float>().ToArray());
        Assert.Equal(40, data.ReadAll().Inputs.amax([1, 2, 3]).data<float>().ToArray().Distinct().Count());
    }

    [Fact]
    public void Images_of_other_sizes_are_refused_or_scaled()
    {
        Draw("a/1.bmp", 2, 1, 0, 0, 0, 255, 255, 255);
        Draw("a/2.bmp", 1, 1, 0, 0, 0);

        Assert.Matches(@"[12]\.bmp: expected 1 x [12] pixels, as .*[12]\.bmp has, got 1 x [12]\. Choose a size to scale to \(--image-size\)\.$", Refusal());
        using var data = ImageFolder.Open(folder.Path, (1, 1));
        Assert.Equal([0, 0, 0, 128 / 255f, 128 / 255f, 128 / 255f], data.ReadAll().Inputs.data<float>().ToArray().Order());
    }

    [Fact]
    public void Folders_without_images_and_damaged_images_are_refused_with_the_file()
    {
        Assert.Contains("sub-folders, one for each class, got 0", Refusal(), StringComparison.Ordinal);
        Directory.CreateDirectory(folder["a"]);
        Assert.Contains("got 0", Refusal(), StringComparison.Ordinal);
        File.WriteAllText(folder["a/1.png"], "this is no image");
        Assert.StartsWith(folder["a/1.png"], Refusal(), StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => ImageFolder.Open(folder["nothing"]));
    }

    [Fact]
    public void An_image_that_claims_too_many_pixels_is_refused_before_it_is_unpacked()
    {
        Draw("a/1.bmp", 1, 1, 0, 0, 0);
        var bytes = File.ReadAllBytes(folder["a/1.bmp"]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), 100_000);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), 100_000);
        File.WriteAllBytes(folder["a/1.bmp"], bytes);

        Assert.Contains("pixels, got 100000 x 100000", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_train_and_test_has_two_parts()
    {
        Draw("train/a/1.bmp", 1, 1, 0, 0, 0);
        Draw("train/a/2.bmp", 1, 1, 0, 0, 0);
        Draw("test/a/1.bmp", 1, 1, 0, 0, 0);

        using var train = DataFile.Open(folder.Path);
        using var test = DataFile.Open(folder.Path, new DataFileOptions { Part = DatasetPart.Test });

        Assert.Equal((2, 1), (train.Count, test.Count));
    }

    [Fact]
    public void Classes_get_the_numbers_that_somebody_asks_for()
    {
        Draw("dog/1.bmp", 1, 1, 0, 0, 0);
        Draw("cat/1.bmp", 1, 1, 255, 255, 255);
        var wanted = new DataFileOptions { ClassNames = ["dog", "boat", "cat"] };

        using var data = DataFile.Open(folder.Path, wanted);
        var all = data.ReadAll();

        Assert.Equal(["dog", "boat", "cat"], data.Card.ClassNames);
        Assert.Equal(all.Inputs.amax([1, 2, 3]).data<float>().ToArray().Select(white => white == 1 ? 2L : 0), all.Labels.data<long>().ToArray());
        Draw("horse/1.bmp", 1, 1, 0, 0, 0);
        var e = Assert.Throws<InvalidDataException>(() => DataFile.Open(folder.Path, wanted));
        Assert.StartsWith($"{folder["horse"]}: label 'horse' is none of the classes dog, boat, cat", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_is_that_of_the_lines_that_sha256sum_prints()
    {
        Draw("a/1.bmp", 1, 1, 0, 0, 0);
        Draw("b/2.bmp", 1, 1, 255, 255, 255);

        using var data = ImageFolder.Open(folder.Path);

        Assert.Equal(Hash(Encoding.UTF8.GetBytes($"{Hash(File.ReadAllBytes(folder["a/1.bmp"]))}  a/1.bmp\n{Hash(File.ReadAllBytes(folder["b/2.bmp"]))}  b/2.bmp\n")), data.Card.Sha256);

        static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private string Refusal() => Assert.Throws<InvalidDataException>(() => ImageFolder.Open(folder.Path)).Message;

    /// <summary>A bitmap of one row of pixels in 24 bits.</summary>
    private void Draw(string name, int width, int height, params byte[] bgr)
    {
        var row = (3 * width) + 3 & ~3;
        var file = new byte[54 + (row * height)];
        "BM"u8.CopyTo(file);
        foreach (var (at, value) in new[] { (2, file.Length), (10, 54), (14, 40), (18, width), (22, height) }) BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        (file[26], file[28]) = (1, 24);
        bgr.CopyTo(file, 54);
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllBytes(folder[name], file);
    }

    public override void Dispose()
    {
        folder.Dispose();
        base.Dispose();
    }
}
