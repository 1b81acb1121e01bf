using System.IO.Compression;
using System.Security.Cryptography;
using Adamant.Data;
using FsCheck.Xunit;

namespace Adamant.Tests.Data;

public sealed class IdxTests : TensorTest
{
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 51, 102, 153, 204, 255];
    private static readonly byte[] Labels = [0, 0, 8, 1, 0, 0, 0, 2, 1, 0];
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_two_images_of_three_pixels_by_hand(bool packed)
    {
        using var data = Idx.Open(Write("images", Images, packed), Write("labels", Labels, packed), ["cat", "dog"]);

        var all = data.ReadAll();
        Assert.Equal([2, 1, 1, 3], all.Inputs.shape);
        Assert.Equal([0, 0.2f, 0.4f, 0.6f, 0.8f, 1], all.Inputs.data<float>().ToArray());
        Assert.Equal([1, 0], all.Labels.data<long>().ToArray());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([.. Images, .. Labels])), data.Card.Sha256);
    }

    [Fact]
    public void Missing_rows_are_named()
    {
        Assert.Contains("images: expected 2 rows of 3 bytes, got 1: rows 1 to 1 are missing", Refusal(Images[..^1], Labels, false), StringComparison.Ordinal);
        Assert.Contains("images: expected 2 rows of 3 bytes, got 1: rows 1 to 1 are missing", Refusal(Images[..^1], Labels, true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_is_no_class_is_refused_with_file_and_row() =>
        Assert.Equal($"{folder["labels"]}, row 0, column 'label': label 7 is not in 0..1.", Refusal(Images, [.. Labels[..8], 7, 0], false));

    [Fact]
    public void What_is_no_IDX_file_is_refused()
    {
        Assert.Contains("begins with 00 00 08", Refusal("hello world"u8.ToArray(), Labels, false), StringComparison.Ordinal);
        Assert.Contains("type 0d", Refusal([0, 0, 13, .. Images[3..]], Labels, false), StringComparison.Ordinal);
        Assert.Contains("ends within its header", Refusal(Images[..9], Labels, false), StringComparison.Ordinal);
        Assert.Contains("got more", Refusal([.. Images, 1], Labels, false), StringComparison.Ordinal);
        Assert.Contains("Is it the file of the images?", Refusal(Images, Images, false), StringComparison.Ordinal);
        Assert.Contains("Is it the file of the labels?", Refusal(Labels, Labels, false), StringComparison.Ordinal);
        Assert.Contains("expected 2 labels, one for each image, got 1", Refusal(Images, [0, 0, 8, 1, 0, 0, 0, 1, 1], false), StringComparison.Ordinal);
        Assert.Contains("size 0", Refusal([.. Images[..4], 0, 0, 0, 0, .. Images[8..]], Labels, false), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_claims_more_than_the_file_can_hold_allocates_nothing()
    {
        byte[] claim = [0, 0, 8, 3, 0, 15, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28, 1, 2, 3];

        Assert.Contains("are missing", Refusal(claim, Labels, true), StringComparison.Ordinal);
        Assert.Contains("claims more", Refusal([.. claim[..4], 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255], Labels, true), StringComparison.Ordinal);
    }

    [Property(MaxTest = 100)]
    public bool A_damaged_file_is_refused_in_one_line_or_read_but_never_crashes(int position, byte value, bool packed, byte cut)
    {
        using var scope = NewDisposeScope();
        var path = Write("images", Images, packed);
        var bytes = File.ReadAllBytes(path);
        bytes[Math.Abs(position % bytes.Length)] ^= value;
        File.WriteAllBytes(path, bytes[..^(cut % 5)]);
        try
        {
            Idx.Open(path, Write("labels", Labels, false)).Dispose();
            return true;
        }
        catch (InvalidDataException e)
        {
            return e.Message.StartsWith(path, StringComparison.Ordinal) && !e.Message.Contains('\n', StringComparison.Ordinal);
        }
    }

    private string Refusal(byte[] images, byte[] labels, bool packed)
    {
        var (x, y) = (Write("images", images, packed), Write("labels", labels, packed));
        return Assert.Throws<InvalidDataException>(() => Idx.Open(x, y, ["cat", "dog"])).Message;
    }

    private string Write(string name, byte[] content, bool packed)
    {
        using var file = File.Create(folder[name]);
        using Stream stream = packed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(content);
        return folder[name];
    }

    public override void Dispose()
    {
        folder.Dispose();
        base.Dispose();
    }
}
