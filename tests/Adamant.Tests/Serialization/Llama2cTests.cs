using System.Buffers.Binary;
using System.Text;
using Adamant.Models;
using Adamant.Serialization;
using FsCheck.Xunit;

namespace Adamant.Tests.Serialization;

public sealed class Llama2cTests : TensorTest
{
    private readonly TemporaryFolder folder = new();

    [Theory, InlineData(true), InlineData(false)]
    public void Reads_the_network_that_was_written(bool tied)
    {
        using var network = new DecoderTransformer(260, 8, 8, 2, 1, 2, 12, tied: tied);
        File.WriteAllBytes(folder["m.bin"], Written(network));
        File.WriteAllBytes(folder["t.bin"], Pieces(260));

        using var model = Llama2c.Open(folder["m.bin"], folder["t.bin"]);

        var tokens = randint(0, 260, [2, 8]);
        Assert.True(model.Network.call(tokens).equal(network.call(tokens)).all().item<bool>());
        Assert.False(model.Network.training);
    }

    [Theory]
    [InlineData(0, 0, "width from 1")]
    [InlineData(0, -8, "width from 1")]
    [InlineData(0, int.MaxValue, "width from 1")]
    [InlineData(1, 1 << 20, "bytes by its header")]
    [InlineData(2, 1024, "bytes by its header")]
    [InlineData(2, 1025, "layers from 1")]
    [InlineData(3, 3, "divide the width into even parts")]
    [InlineData(4, 3, "divide the width into even parts")]
    [InlineData(5, int.MinValue, "vocabulary from 2")]
    [InlineData(5, 0, "vocabulary from 2")]
    [InlineData(6, 1 << 20, "bytes by its header")]
    public void Refuses_a_header_that_cannot_be(int field, int value, string why)
    {
        var bytes = Written();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * field), value);

        Refused(bytes, Pieces(260), why, "m.bin");
    }

    [Fact]
    public void Refuses_missing_and_additional_bytes_and_weights_that_are_no_numbers()
    {
        var bytes = Written();

        Refused(bytes[..^1], Pieces(260), "cut off", "m.bin");
        Refused([.. bytes, 0], Pieces(260), "longer than it should be", "m.bin");
        Refused(bytes[..27], Pieces(260), "header of 28 bytes, got 27", "m.bin");
        Refused([], Pieces(260), "header of 28 bytes, got 0", "m.bin");
        Refused([.. bytes[..28], 0, 0, 0xC0, 0x7F, .. bytes[32..]], Pieces(260), "finite numbers", "m.bin");
        Refused([.. bytes[..^4], 0, 0, 0x80, 0x3F], Pieces(260), "expected rotations", "m.bin");
    }

    [Fact]
    public void Refuses_pieces_that_are_no_pieces()
    {
        var bytes = Written();

        Refused(bytes, Pieces(261), "expected 260 pieces", "t.bin");
        Refused(bytes, Pieces(260)[..^1], "cut off", "t.bin");
        Refused(bytes, [.. Pieces(260), 1], "expected 4 more bytes, got 1", "t.bin");
        Refused(bytes, [], "expected 4 more bytes, got 0", "t.bin");
        Refused(bytes, [.. Pieces(260)[..8], 0xFF, 0xFF, 0xFF, 0xFF], "got -1", "t.bin");
        Refused(bytes, [.. Pieces(260)[..8], 0xFF, 0xFF, 0xFF, 0x7F], "got 2147483647", "t.bin");
        Refused(bytes, [.. Pieces(260)[..^1], 0xFF], "UTF-8", "t.bin");
    }

    [Property(MaxTest = 200)]
    public void No_damage_leads_to_anything_but_one_line(uint at, byte value, ushort cut)
    {
        var (model, pieces) = (Written(), Pieces(260));
        model[at % 28] = value;
        pieces[at % pieces.Length] = value;
        File.WriteAllBytes(folder["m.bin"], cut % 3 == 0 ? model[..(cut % model.Length)] : model);
        File.WriteAllBytes(folder["t.bin"], cut % 3 == 1 ? pieces[..(cut % pieces.Length)] : pieces);
        try
        {
            Llama2c.Open(folder["m.bin"], folder["t.bin"]).Dispose();
        }
        catch (InvalidDataException e)
        {
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    private void Refused(byte[] model, byte[] pieces, string why, string file)
    {
        File.WriteAllBytes(folder["m.bin"], model);
        File.WriteAllBytes(folder["t.bin"], pieces);
        var message = Assert.Throws<InvalidDataException>(() => Llama2c.Open(folder["m.bin"], folder["t.bin"])).Message;
        Assert.Contains(why, message, StringComparison.Ordinal);
        Assert.StartsWith(folder[file], message, StringComparison.Ordinal);
    }

    private static byte[] Written()
    {
        using var network = new DecoderTransformer(260, 8, 8, 2, 1, 2, 12);
        return Written(network);
    }

    /// <summary>A network as llama2.c writes it.</summary>
    private static byte[] Written(DecoderTransformer network)
    {
        using var noGrad = no_grad();
        using var stream = new MemoryStream();
        var (width, hidden, shared) = (network.DModel, network.FeedForward, network.DModel / network.Heads * network.KeyValueHeads);
        foreach (var size in new[] { width, hidden, network.Layers, network.Heads, network.KeyValueHeads, network.Tied ? network.Vocabulary : -network.Vocabulary, network.MaxLength })
            stream.Write(BitConverter.GetBytes(size));
        var weights = network.state_dict();
        Tensor[] Each(string name, long start, long count) => [.. Enumerable.Range(0, network.Layers).Select(i => weights[$"blocks.{i}.{name}.weight"].narrow(0, start, count))];
        var angles = arange(network.MaxLength).unsqueeze(1) * tensor(new[] { 1, 0.01 });        // 10000^(-2i/4)
        Tensor[] blocks =
        [
            weights["token.weight"], .. Each("norm1", 0, width), .. Each("attention.qkv", 0, width), .. Each("attention.qkv", width, shared), .. Each("attention.qkv", width + shared, shared),
            .. Each("attention.output", 0, width), .. Each("norm2", 0, width), .. Each("gate_up", 0, hidden), .. Each("down", 0, width), .. Each("gate_up", hidden, hidden),
            weights["norm.weight"], angles.cos().@float(), angles.sin().@float(),
        ];
        foreach (var block in network.Tied ? blocks : [.. blocks, weights["classifier.weight"]]) stream.Write(block.contiguous().bytes);
        return stream.ToArray();
    }

    private static byte[] Pieces(int count)
    {
        using var stream = new MemoryStream();
        stream.Write(BitConverter.GetBytes(6));
        string[] all = ["<unk>", "<s>", "</s>", .. Enumerable.Range(0, 256).Select(b => $"<0x{b:X2}>"), " ", "a", "b"];
        foreach (var piece in all.Take(count))
        {
            stream.Write(BitConverter.GetBytes(0f));
            stream.Write(BitConverter.GetBytes(piece.Length));
            stream.Write(Encoding.UTF8.GetBytes(piece));
        }
        return stream.ToArray();
    }

    public override void Dispose()
    {
        folder.Dispose();
        base.Dispose();
    }
}
