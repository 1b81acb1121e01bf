using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;

namespace Adamant.Serialization;

/// <summary>
/// Reads and writes the safetensors format: named tensors and texts, and nothing that could run.
/// <code>8 bytes n, little-endian · n bytes of JSON · the tensors' bytes without gaps</code>
/// </summary>
/// <remarks>
/// Every defect of a file (a header above 100 MB, duplicate names, unknown types, overflowing shapes, offsets that overlap, leave holes or point outside, missing or
/// additional bytes) is refused in one line before a tensor is allocated; no file can make the reader allocate more than a small multiple of
/// its own size. The file is mapped into memory while it is read and must not be shortened meanwhile.
/// Source: https://github.com/huggingface/safetensors, "Format".
/// </remarks>
public static class SafeTensors
{
    private const int MaxHeader = 100_000_000;
    private const long ChunkElements = 1 << 27;                 // at most 1 GiB, as a span holds less than 2 GiB

    /// <summary>Reads all tensors and texts of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tensors by name, on the CPU and owned by the caller's dispose scope, and the texts of <c>__metadata__</c>.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or in another format: one line that names it and says why.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static (IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(string path)
    {
        using var file = Open(path);
        return Read(path, file);
    }

    /// <summary>Opens a file for <see cref="Read(string, FileStream)"/>.</summary>
    internal static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    /// <summary>Reads an open file from its beginning; <paramref name="path"/> stands in messages.</summary>
    internal static (IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(string path, FileStream file)
    {
        using var scope = NewDisposeScope();
        try
        {
            var (header, start) = ReadHeader(file);
            using var map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            using var view = map.CreateViewAccessor(0, file.Length, MemoryMappedFileAccess.Read);
            var tensors = header.Entries.ToDictionary(e => e.Name, e => Copy(view, start, e), StringComparer.Ordinal);
            foreach (var tensor in tensors.Values) tensor.MoveToOuterDisposeScope();
            return (tensors, header.Metadata);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}.", e);
        }
    }

    /// <summary>Writes tensors and texts; the same content gives the same bytes. Replaces the file whole or not at all.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="tensors">By name; <c>F64 F32 F16 BF16 I64 I32 U8 BOOL</c>, in any memory layout.</param>
    /// <param name="metadata">Texts by key; null for none.</param>
    /// <exception cref="ArgumentException">A type that the format does not have, or the reserved name <c>__metadata__</c>.</exception>
    /// <exception cref="IOException">The disk is full, or the folder is missing.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, Writer(tensors, metadata));

    /// <summary>Writes as <see cref="Write"/> does.</summary>
    /// <returns>SHA-256 of what was written, in lower-case hexadecimal.</returns>
    internal static string WriteHashed(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var write = Writer(tensors, metadata);
        using var hash = SHA256.Create();
        AtomicFile.Write(path, stream =>
        {
            using var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true);
            write(hashed);
        });
        return Convert.ToHexStringLower(hash.Hash!);
    }

    private static Action<Stream> Writer(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var header = SafeTensorsHeader.Of(tensors, metadata ?? new Dictionary<string, string>());
        var json = header.ToJson();
        if (json.Length > MaxHeader) throw new ArgumentException($"Expected a header of at most {MaxHeader} bytes, got {json.Length}. Shorten the metadata.", nameof(metadata));
        return stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
            stream.Write(length);
            stream.Write(json);
            foreach (var entry in header.Entries) Append(stream, tensors[entry.Name]);
        };
    }

    /// <summary>The header, checked against the length of the file, and where the data begin.</summary>
    private static (SafeTensorsHeader Header, long Start) ReadHeader(FileStream file)
    {
        if (!file.CanSeek) throw new InvalidDataException("expected a file on a disk, got a pipe or a device");
        var beginning = new byte[Math.Min(9, file.Length)];
        file.ReadExactly(beginning);
        if (beginning.Length < 9) throw new InvalidDataException($"expected a safetensors file, got {file.Length} bytes. Copy or download it again");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(beginning);
        if (length is 0 or > MaxHeader || beginning[8] != '{') throw new InvalidDataException($"expected a safetensors file, got {Guess(beginning)}");
        if ((long)length > file.Length - 8)
            throw new InvalidDataException($"expected a header of {length} bytes, got {file.Length - 8}: the file is truncated. Copy or download it again");
        var json = new byte[length];
        file.Position = 8;
        file.ReadExactly(json);
        return (SafeTensorsHeader.Parse(json, file.Length - 8 - json.Length), 8 + json.Length);
    }

    private static string Guess(ReadOnlySpan<byte> beginning) => beginning switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive, as PyTorch's .pt and .pth are. They can run code when loaded: convert them where "
            + "they come from, with safetensors.torch.save_file(model.state_dict(), \"model.safetensors\")",
        [0x80, >= 2 and <= 5, ..] => "a Python pickle, which can run code when loaded. Convert it where it comes from, "
            + "with safetensors.torch.save_file(model.state_dict(), \"model.safetensors\")",
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "an HDF5 file",
        [0x1f, 0x8b, ..] => "a gzip file. Unpack it first",
        _ when beginning.IndexOfAnyExceptInRange((byte)'\t', (byte)'~') < 0 => "text",
        _ => "something else, or a damaged one",
    };

    private static unsafe Tensor Copy(MemoryMappedViewAccessor view, long start, SafeTensorsEntry entry)
    {
        using var scope = NewDisposeScope();
        var tensor = empty(entry.Shape, dtype: entry.Type);
        byte* memory = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref memory);
        try
        {
            var source = memory + view.PointerOffset + start + entry.Begin;
            foreach (var chunk in Chunks(tensor))
            {
                var target = chunk.bytes;
                new ReadOnlySpan<byte>(source, target.Length).CopyTo(target);
                source += target.Length;
                if (entry.Type == ScalarType.Bool && target.IndexOfAnyExcept((byte)0, (byte)1) >= 0)
                    throw new InvalidDataException($"tensor {SafeTensorsHeader.Quote(entry.Name)}: expected BOOL bytes 0 and 1, got others");
            }
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
        return tensor.MoveToOuterDisposeScope();
    }

    private static void Append(Stream stream, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        foreach (var chunk in Chunks(tensor.detach().cpu().contiguous())) stream.Write(chunk.bytes);
    }

    /// <summary>Views of a contiguous tensor that each fit into a span.</summary>
    private static IEnumerable<Tensor> Chunks(Tensor tensor)
    {
        var flat = tensor.reshape(-1);
        for (long at = 0, count = flat.numel(); at < count; at += ChunkElements) yield return flat.narrow(0, at, Math.Min(ChunkElements, count - at));
    }
}
