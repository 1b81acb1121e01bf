using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Adamant.Data;
using FsCheck.Xunit;

namespace Adamant.Tests.Data;

public sealed class NumpyTests : TensorTest
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("<f4", ScalarType.Float32)]
    [InlineData("<f8", ScalarType.Float64)]
    [InlineData("|u1", ScalarType.Byte)]
    [InlineData("<i4", ScalarType.Int32)]
    [InlineData("<i8", ScalarType.Int64)]
    public void Writes_the_header_that_NumPy_writes_and_reads_it_back(string descr, ScalarType type)
    {
        var values = arange(6, ScalarType.Int64).reshape(2, 3).to_type(type);
        var bytes = Bytes(values);

        Assert.Equal($"{{'descr': '{descr}', 'fortran_order': False, 'shape': (2, 3), }}", Encoding.ASCII.GetString(bytes, 10, bytes[8]).TrimEnd());
        Assert.Equal(0, (10 + bytes[8]) % 64);
        Assert.True(Read(bytes).equal(values).all().item<bool>());
        Assert.Equal(type, Read(bytes).dtype);
    }

    [Fact]
    public void Reads_an_array_in_the_order_of_Fortran_as_what_it_means()
    {
        // [[1, 2, 3], [4, 5, 6]] by columns: 1 4 2 5 3 6.
        var bytes = Array("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", [1, 4, 2, 5, 3, 6]);

        Assert.Equal([1, 2, 3, 4, 5, 6], Read(bytes).data<byte>().ToArray());
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "expected one of the types")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", "expected one of the types")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (__import__('os'),), }", "not the one that NumPy writes")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (9, 9), }", "larger than the data")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (9223372036854775807, 9), }", "larger than the data")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", "got more")]
    public void Refuses_headers_that_are_not_of_numbers_that_are_there(string header, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Read(Array(header, [1, 2, 3, 4]))).Message, StringComparison.Ordinal);

    [Fact]
    public void Reads_inputs_and_labels_from_two_files_beside_each_other()
    {
        File.WriteAllBytes(folder["train_images.npy"], Bytes(ones(2, 4, 4, 3).to_type(ScalarType.Byte)));
        File.WriteAllBytes(folder["train_labels.npy"], Bytes(tensor(new[] { 0L, 2 })));

        using var data = DataFile.Open(folder["train_images.npy"]);

        Assert.Equal([3, 4, 4], data.Card.Input.Shape);
        Assert.Equal(["0", "1", "2"], data.Card.ClassNames);
        byte[] both = [.. File.ReadAllBytes(folder["train_images.npy"]), .. File.ReadAllBytes(folder["train_labels.npy"])];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(both)), data.Card.Sha256);
    }

    [Fact]
    public void Reads_archives_with_parts_and_without()
    {
        Zip("med.npz", ("train_images", zeros(3, 8, 8).to_type(ScalarType.Byte)), ("train_labels", zeros(3, 1).to_type(ScalarType.Byte)),
            ("test_images", zeros(2, 8, 8).to_type(ScalarType.Byte)), ("test_labels", ones(2, 1).to_type(ScalarType.Byte)));
        Zip("xy.npz", ("x", zeros(4, 5)), ("y", zeros(4)));

        using var train = DataFile.Open(folder["med.npz"]);
        using var test = DataFile.Open(folder["med.npz"], new DataFileOptions { Part = DatasetPart.Test, ClassNames = ["normal", "pneumonia"] });
        using var targets = DataFile.Open(folder["xy.npz"]);

        Assert.Equal((3, 2, 4), (train.Count, test.Count, targets.Count));
        Assert.Equal([1, 8, 8], train.Card.Input.Shape);
        Assert.Equal(1, test.ReadAll().Labels[0].item<long>());
        Assert.Equal(LearningTask.Regression, targets.Card.Task);
    }

    [Fact]
    public void Refuses_archives_without_samples_or_with_labels_out_of_range()
    {
        Zip("a.npz", ("weights", zeros(3)));
        Zip("b.npz", ("x", zeros(2, 5)), ("y", tensor(new[] { 0L, 5 })));
        Zip("c.npz", ("x", tensor(new[] { 0, float.NaN }).reshape(2, 1)), ("y", tensor(new[] { 0L, 1 })));

        Assert.Contains("expected an array named inputs", Refusal("a.npz"), StringComparison.Ordinal);
        Assert.Equal($"{folder["b.npz"]}, row 1, column 'label': label 5 is not in 0..1.", Refusal("b.npz"));
        Assert.StartsWith($"{folder["c.npz"]}, row 1, column 0: Expected numbers, got NaN.", Refusal("c.npz"), StringComparison.Ordinal);

        string Refusal(string name) => Assert.Throws<InvalidDataException>(() => Npz.Open(folder[name], classNames: ["a", "b"])).Message;
    }

    [Property(MaxTest = 150)]
    public bool A_damaged_file_is_refused_in_one_line_or_read_but_never_crashes(int position, byte value, byte cut)
    {
        using var scope = NewDisposeScope();
        var bytes = Bytes(arange(6, ScalarType.Int64).reshape(2, 3));
        bytes[Math.Abs(position % bytes.Length)] ^= value;
        try
        {
            Read(bytes[..^(cut % 9)]);
            return true;
        }
        catch (InvalidDataException e)
        {
            return e.Message.StartsWith(folder["a.npy"], StringComparison.Ordinal) && !e.Message.Contains('\n', StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_archive_that_claims_more_than_it_can_hold_allocates_nothing()
    {
        using (var file = new ZipArchive(File.Create(folder["z.npz"]), ZipArchiveMode.Create))
        using (var entry = file.CreateEntry("x.npy").Open())
            entry.Write(Array("{'descr': '|u1', 'fortran_order': False, 'shape': (2000000000, 1), }", [1]));
        var bytes = File.ReadAllBytes(folder["z.npz"]);
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), 2_100_000_000);    // the unpacked length that the central directory claims
        File.WriteAllBytes(folder["z.npz"], bytes);

        Assert.Contains("larger than the data", Assert.Throws<InvalidDataException>(() => Npz.ReadTensor(folder["z.npz"], "x")).Message, StringComparison.Ordinal);
    }

    private static byte[] Array(string header, byte[] values) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. values];

    private static byte[] Bytes(Tensor values)
    {
        using var memory = new MemoryStream();
        Npy.Write(memory, values);
        return memory.ToArray();
    }

    private Tensor Read(byte[] bytes)
    {
        File.WriteAllBytes(folder["a.npy"], bytes);
        return Npy.ReadTensor(folder["a.npy"]);
    }

    private void Zip(string name, params (string Key, Tensor Value)[] arrays)
    {
        using var file = new ZipArchive(File.Create(folder[name]), ZipArchiveMode.Create);
        foreach (var (key, value) in arrays)
        {
            using var entry = file.CreateEntry($"{key}.npy").Open();
            entry.Write(Bytes(value));
        }
    }

    public override void Dispose()
    {
        folder.Dispose();
        base.Dispose();
    }
}
