using System.Buffers.Binary;
using System.Text;
using Adamant.Data;
using Adamant.Models;
using Adamant.Texts;

namespace Adamant.Serialization;

/// <summary>
/// Reads the language models of llama2.c: weights in one binary file, pieces with scores in another.
/// <code>
/// weights: 7 × int32 (width, hidden, layers, heads, key and value heads, vocabulary, length), then float32: embeddings · attention norms · q · k · v · o ·
///          feed-forward norms · gate · down · up · last norm · cos and sin of the rotations · output layer if the vocabulary is written negative
/// pieces:  int32 (longest piece), then for each token float32 (score), int32 (length), bytes
/// </code>
/// </summary>
/// <remarks>
/// Little-endian, and each block holds all layers. Every defect (sizes out of range or that do not fit each other, missing or additional bytes, weights that are no
/// numbers, rotations of another kind, pieces that are no UTF-8) is refused in one line before memory is asked for that the file does not back.
/// Source: https://github.com/karpathy/llama2.c, "export.py", version 0.
/// </remarks>
public static class Llama2c
{
    private const int HeaderInts = 7;
    private const double RotationTolerance = 1e-3;              // the tables were computed in float32

    /// <summary>Opens a model with its tokenizer.</summary>
    /// <param name="path">The weights, e.g. <c>stories260K.bin</c>.</param>
    /// <param name="tokenizerPath">The pieces, e.g. <c>tok512.bin</c>.</param>
    /// <returns>In evaluation mode; owned by the caller, whatever dispose scope is open.</returns>
    /// <exception cref="InvalidDataException">A file is damaged or in another format, or they do not belong together: one line that names it.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static LanguageModel Open(string path, string tokenizerPath)
    {
        var tokenizer = ReadTokenizer(tokenizerPath);
        var network = Named(path, () => ReadNetwork(path));
        if (network.Vocabulary == tokenizer.Vocabulary) return new LanguageModel(network, tokenizer);
        network.Dispose();
        throw new InvalidDataException($"{tokenizerPath}: expected {network.Vocabulary} pieces for {path}, got {tokenizer.Vocabulary}. Take the tokenizer that came with the model.");
    }

    /// <summary>Reads the pieces alone.</summary>
    /// <param name="path">The file; all of it is pieces.</param>
    /// <exception cref="InvalidDataException">The file is damaged or in another format: one line that names it.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static ScoredTokenizer ReadTokenizer(string path) => Named(path, () =>
    {
        using var file = InputFile.Open(path);
        if (file.Length > DataLimits.RecordBytes) throw new InvalidDataException($"expected pieces of at most {DataLimits.RecordBytes} bytes, got {file.Length}.");
        var rest = new byte[file.Length].AsSpan();
        file.ReadExactly(rest);
        var longest = Int(ref rest);
        var utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
        var pieces = new List<(string, float)>();
        while (rest.Length > 0)
        {
            var score = BitConverter.Int32BitsToSingle(Int(ref rest));
            var length = Int(ref rest);
            if (length < 0 || length > longest || length > rest.Length)
                throw new InvalidDataException($"expected piece {pieces.Count} to have 0 to {Math.Min(Math.Max(longest, 0), rest.Length)} bytes, got {length}: the file is cut off, or no tokenizer of llama2.c.");
            pieces.Add((utf8.GetString(rest[..length]), score));
            rest = rest[length..];
        }
        return new ScoredTokenizer(pieces);
    });

    private static DecoderTransformer ReadNetwork(string path)
    {
        using var scope = NewDisposeScope();
        using var file = InputFile.Open(path);
        var header = new byte[4 * HeaderInts];
        if (file.Length > DataLimits.Bytes) throw new InvalidDataException($"expected at most {DataLimits.Bytes} bytes, got {file.Length}.");
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length) throw new InvalidDataException($"expected a header of {header.Length} bytes, got {file.Length} bytes.");
        var sizes = new Sizes(header);
        var expected = header.Length + (4 * sizes.Floats);
        if (file.Length != expected) throw new InvalidDataException($"expected {expected} bytes by its header, got {file.Length}: the file is cut off, longer than it should be, or no model of llama2.c.");

        var network = sizes.Build();
        try
        {
            sizes.Fill(network, shape => Read(file, shape));
            network.eval();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static Tensor Read(FileStream file, long[] shape)
    {
        var block = empty(shape);
        file.ReadExactly(block.bytes);
        if (!block.isfinite().all().item<bool>()) throw new InvalidDataException("expected weights that are finite numbers, got others. Copy or download the file again.");
        return block;
    }

    private static int Int(ref Span<byte> rest)
    {
        if (rest.Length < 4) throw new InvalidDataException($"expected 4 more bytes, got {rest.Length}: the file is cut off.");
        var value = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[4..];
        return value;
    }

    private static T Named<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or DecoderFallbackException)
        {
            throw new InvalidDataException($"{path}: {(e is DecoderFallbackException ? "expected pieces in UTF-8, got other bytes." : e.Message.Split(" (Parameter")[0])}", e);
        }
    }

    /// <summary>What the header says.</summary>
    private readonly struct Sizes
    {
        private readonly int width, hidden, layers, heads, groups, vocabulary, length;
        private readonly bool tied;

        public Sizes(ReadOnlySpan<byte> header)
        {
            Span<int> numbers = stackalloc int[HeaderInts];
            for (var i = 0; i < HeaderInts; i++) numbers[i] = BinaryPrimitives.ReadInt32LittleEndian(header[(4 * i)..]);
            (width, hidden, layers, heads, groups, length, tied) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[6], numbers[5] > 0);
            vocabulary = numbers[5] == int.MinValue ? 0 : Math.Abs(numbers[5]);
            Dimension.Check(width);
            Dimension.Check(hidden);
            Dimension.Check(layers, max: Dimension.MostLayers);
            Dimension.Check(heads);
            Dimension.Check(groups);
            Dimension.Check(vocabulary, min: 2);
            Dimension.Check(length);
            if (width % (2L * heads) != 0 || heads % groups != 0)
                throw new InvalidDataException($"expected heads that divide the width into even parts, and key and value heads that divide the heads; got {width}, {heads} and {groups}.");
        }

        private long Head => width / heads;

        private long Shared => groups * Head;

        /// <summary>At most 2^53: no overflow.</summary>
        public long Floats =>
            ((tied ? 1L : 2L) * vocabulary * width) + (layers * (2L * width + (2L * width * width) + (2 * width * Shared) + (3L * width * hidden))) + width + (length * Head);

        public DecoderTransformer Build() => new(vocabulary, length, width, heads, groups, layers, hidden, tied: tied);

        /// <summary>Reads the blocks in the order of the file into the weights of the network.</summary>
        public void Fill(DecoderTransformer network, Func<long[], Tensor> read)
        {
            using var noGrad = no_grad();
            var weights = network.state_dict();
            weights["token.weight"].copy_(read([vocabulary, width]));
            Each(weights, "norm1.weight", read([layers, width]));
            var (q, k, v) = (read([layers, width, width]), read([layers, Shared, width]), read([layers, Shared, width]));
            Each(weights, "attention.qkv.weight", cat([q, k, v], 1));
            Each(weights, "attention.output.weight", read([layers, width, width]));
            Each(weights, "norm2.weight", read([layers, width]));
            var (gate, down, up) = (read([layers, hidden, width]), read([layers, width, hidden]), read([layers, hidden, width]));
            Each(weights, "gate_up.weight", cat([gate, up], 1));
            Each(weights, "down.weight", down);
            weights["norm.weight"].copy_(read([width]));
            var rotation = CausalSelfAttention.Rotation(0, length, (int)Head).view_as_real();
            var (cos, sin) = (read([length, Head / 2]), read([length, Head / 2]));
            if ((stack([cos, sin], -1) - rotation).abs().max().item<float>() > RotationTolerance)
                throw new InvalidDataException("expected rotations by t · 10000^(-2i/d), got others. The model is of a kind that Adamant does not have.");
            if (!tied) weights["classifier.weight"].copy_(read([vocabulary, width]));
        }

        private static void Each(Dictionary<string, Tensor> weights, string name, Tensor block)
        {
            for (var i = 0; i < block.shape[0]; i++) weights[$"blocks.{i}.{name}"].copy_(block[i]);
        }
    }
}
