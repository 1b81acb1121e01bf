using System.Buffers.Binary;
using System.Text;
using Adamant.Serialization;
using FsCheck.Xunit;

namespace Adamant.Tests.Serialization;

public sealed class SafeTensorsTests : TensorTest
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("a\u001b[31m\nb", "'a\\u001B[31m\\nb'")]
    [InlineData("größer", "'größer'")]
    public void Names_from_files_are_quoted_in_one_printable_line(string name, string quoted) => Assert.Equal(quoted, SafeTensorsHeader.Quote(name));

    [Fact]
    public void Names_are_cut_between_characters()
    {
        var fits = SafeTensorsHeader.Quote(new string('a', 58) + "😀" + "z");
        var split = SafeTensorsHeader.Quote(new string('a', 59) + "😀");     // the pair lies across the limit of 60

        Assert.StartsWith($"'{new string('a', 58)}", fits, StringComparison.Ordinal);
        Assert.Equal($"'{new string('a', 59)}…'", split);
        Assert.NotEmpty(SafeTensorsHeader.Quote("\uD83D"));
    }

    [Fact]
    public void Writes_the_bytes_that_the_format_describes()
    {
        SafeTensors.Write(folder["a"], new Dictionary<string, Tensor> { ["b"] = tensor(new byte[] { 7 }), ["a"] = tensor(new[] { 1f, 2f }) },
            new Dictionary<string, string> { ["k"] = "v" });

        const string json = """{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[1],"data_offsets":[8,9]}}""";
        var padded = json.PadRight((json.Length + 7) / 8 * 8);
        Assert.Equal([.. Length(padded.Length), .. Encoding.ASCII.GetBytes(padded), 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 7], File.ReadAllBytes(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void Reads_what_was_written_for_every_type_and_layout()
    {
        var tensors = new Dictionary<string, Tensor>
        {
            ["f64"] = randn(3, 2, dtype: ScalarType.Float64),
            ["f32"] = randn(2, 3, 4, 5).requires_grad_(),
            ["f16"] = randn(7).to_type(ScalarType.Float16),
            ["bf16"] = randn(7).to_type(ScalarType.BFloat16),
            ["i64"] = tensor(new[] { long.MinValue, 0, long.MaxValue }),
            ["i32"] = tensor(new[] { int.MinValue, 0, int.MaxValue }),
            ["u8"] = tensor(new byte[] { 0, 255, 3 }),
            ["bool"] = tensor(new[] { true, false }),
            ["scalar"] = tensor(2.5f),
            ["empty"] = empty(0, 3),
            ["channels last"] = randn(2, 5, 6, 3).permute(0, 3, 1, 2),
            ["part"] = arange(10)[TensorIndex.Slice(2, 9, 3)],
            ["名前 \"\n"] = ones(1),
        };
        SafeTensors.Write(folder["a"], tensors, new Dictionary<string, string> { ["note"] = "Ünïcode \" \\ \n" });

        var (read, metadata) = SafeTensors.Read(folder["a"]);

        Assert.Equal(tensors.Keys.Order(), read.Keys.Order());
        foreach (var (name, expected) in tensors)
        {
            Assert.Equal(expected.dtype, read[name].dtype);
            Assert.Equal(expected.shape, read[name].shape);
            Assert.True(expected.eq(read[name]).all().ToBoolean(), name);
        }
        Assert.Equal([new("note", "Ünïcode \" \\ \n")], metadata);
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_whatever_its_order()
    {
        Tensor a = ones(2), b = zeros(3);
        SafeTensors.Write(folder["ab"], new Dictionary<string, Tensor> { ["a"] = a, ["b"] = b });
        SafeTensors.Write(folder["ba"], new Dictionary<string, Tensor> { ["b"] = b, ["a"] = a });
        Assert.Equal(File.ReadAllBytes(folder["ab"]), File.ReadAllBytes(folder["ba"]));
    }

    [Fact]
    public void A_file_without_tensors_is_fine()
    {
        SafeTensors.Write(folder["a"], new Dictionary<string, Tensor>());
        Assert.Empty(SafeTensors.Read(folder["a"]).Tensors);
    }

    [Theory]
    [InlineData("[]", 0, "expected a safetensors file")]
    [InlineData("{", 0, "header is not the JSON")]
    [InlineData("""{"a":1}""", 0, "header is not the JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[[[[1]]]]],"data_offsets":[0,4]}}""", 4, "header is not the JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "header is not the JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "header is not the JSON")]
    [InlineData("""{"a":{"dtype":"\ud800","shape":[1],"data_offsets":[0,4]}}""", 4, "header is not the JSON")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "header is not the JSON")]
    [InlineData("""{"__metadata__":{"k":null}}""", 0, "header is not the JSON")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "header is not the JSON")]
    [InlineData("""{"a":{"dtype":"F8","shape":[1],"data_offsets":[0,1]}}""", 1, "tensor 'a': expected one of the types F64 F32")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}""", 1, "dimensions of at least 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4]}}""", 4, "larger than any memory")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4611686018427387904,4,0],"data_offsets":[0,0]}}""", 0, "larger than any memory")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "expected 8 bytes for Float32 [2], got 4")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}""", 1, "expected offsets [begin, end]")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}""", 1, "expected offsets [begin, end]")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[-1,0]}}""", 1, "expected offsets [begin, end]")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "tensors overlap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[1],"data_offsets":[3,4]}}""", 4, "leave a hole")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}""", 8, "the file is truncated")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 2, "something follows the last tensor")]
    [InlineData("""{"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}""", 2, "expected BOOL bytes 0 and 1")]
    public void Refuses_every_defect_in_one_line_that_names_the_file(string header, int dataBytes, string why)
    {
        File.WriteAllBytes(folder["bad"], [.. Length(header.Length), .. Encoding.UTF8.GetBytes(header), .. Enumerable.Repeat((byte)7, dataBytes)]);
        Refuses(why);
    }

    [Theory]
    [InlineData("", "got 0 bytes")]
    [InlineData("504b0304140000000800aa", "a zip archive, as PyTorch's .pt")]
    [InlineData("80027d71002e0000000000", "a Python pickle")]
    [InlineData("ffffffffffffff7f7b7d", "something else")]
    [InlineData("00e1f505000000007b7d", "expected a header of 100000000 bytes, got 2")]
    [InlineData("01e1f505000000007b7d", "something else")]
    [InlineData("2320526561646d65206669727374", "got text")]
    public void Says_what_a_file_of_another_format_is(string hex, string why)
    {
        File.WriteAllBytes(folder["bad"], Convert.FromHexString(hex));
        Refuses(why);
    }

    [Fact]
    public void Refuses_types_and_names_that_the_format_does_not_have()
    {
        Assert.Throws<ArgumentException>(() => SafeTensors.Write(folder["a"], new Dictionary<string, Tensor> { ["x"] = zeros(1, dtype: ScalarType.ComplexFloat32) }));
        Assert.Throws<ArgumentException>(() => SafeTensors.Write(folder["a"], new Dictionary<string, Tensor> { ["__metadata__"] = zeros(1) }));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Truncated_at_any_byte_it_is_refused()
    {
        var whole = Example();
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder["bad"], whole[..length]);
            Refuses("");
        }
    }

    [Fact]
    public void Any_flipped_bit_gives_tensors_or_a_refusal()
    {
        var bytes = Example();
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            ReadsOrRefuses(bytes);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Property(MaxTest = 300)]
    public void Any_damage_gives_tensors_or_a_refusal((ushort At, byte Value)[] overwritten, ushort cut, byte[] inserted)
    {
        List<byte> bytes = [.. Example()];
        foreach (var (at, value) in overwritten) bytes[at % bytes.Count] = value;
        bytes.InsertRange(cut % bytes.Count, inserted);
        ReadsOrRefuses([.. bytes]);
    }

    [Property(MaxTest = 300)]
    public void Any_bytes_behind_a_brace_give_tensors_or_a_refusal(byte[] rest) =>
        ReadsOrRefuses([.. Length(rest.Length + 1), (byte)'{', .. rest]);

    private void Refuses(string why)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var e = Assert.Throws<InvalidDataException>(() => SafeTensors.Read(folder["bad"]));
        Assert.StartsWith(folder["bad"] + ": ", e.Message, StringComparison.Ordinal);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private void ReadsOrRefuses(byte[] bytes)
    {
        using var scope = NewDisposeScope();
        File.WriteAllBytes(folder["bad"], bytes);
        try
        {
            var (tensors, _) = SafeTensors.Read(folder["bad"]);
            Assert.True(tensors.Values.Sum(t => t.numel() * t.ElementSize) <= bytes.Length);
        }
        catch (InvalidDataException e)
        {
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    private byte[]? example;

    private byte[] Example()
    {
        if (example is not null) return [.. example];
        SafeTensors.Write(folder["whole"], new Dictionary<string, Tensor> { ["a"] = arange(6, ScalarType.Float32).reshape(2, 3), ["b"] = tensor(new[] { true }) },
            new Dictionary<string, string> { ["k"] = "v" });
        return [.. example = File.ReadAllBytes(folder["whole"])];
    }

    private static byte[] Length(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    public override void Dispose()
    {
        folder.Dispose();
        base.Dispose();
    }
}
