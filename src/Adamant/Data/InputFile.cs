using System.IO.Compression;
using System.Security.Cryptography;

namespace Adamant.Data;

/// <summary>Reads one file, plain or gzip, within limits; tells every defect with the file's name.</summary>
internal static class InputFile
{
    private const int Deflation = 1032;                         // deflate packs at most 258 bytes into 2 bits

    /// <summary>Opens a file and reads it.</summary>
    /// <exception cref="InvalidDataException">The reader's complaint, with the name of the file before it.</exception>
    public static T Read<T>(string path, Func<BoundedStream, T> read, IncrementalHash? hash = null)
    {
        using var file = Open(path);
        return Read(path, file, read, hash);
    }

    /// <summary>Reads a stream that can seek; <paramref name="name"/> stands in messages.</summary>
    public static T Read<T>(string name, Stream stream, Func<BoundedStream, T> read, IncrementalHash? hash = null)
    {
        try
        {
            using var bounded = Unpack(stream, hash);
            return read(bounded);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>SHA-256 of a file as it lies there, in lower-case hexadecimal.</summary>
    public static string Sha256(string path)
    {
        using var file = Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    public static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) throw new IOException($"{path}: expected a file, got a folder.");
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    /// <summary>The name of a file without its folder and its endings of storage.</summary>
    public static string NameOf(string path)
    {
        var name = Path.GetFileName(path);
        return Path.GetFileNameWithoutExtension(name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name);
    }

    /// <summary>The most bytes into which a packed file of that length can unpack, whatever it claims.</summary>
    public static long Unpacked(long length) => Math.Min(DataLimits.Bytes, (length * Deflation) + Deflation);

    private static BoundedStream Unpack(Stream stream, IncrementalHash? hash)
    {
        Span<byte> magic = stackalloc byte[2];
        var packed = stream.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1f, 0x8b];
        stream.Position = 0;
        return packed
            ? new BoundedStream(new GZipStream(stream, CompressionMode.Decompress), Unpacked(stream.Length), hash)
            : new BoundedStream(stream, Math.Min(DataLimits.Bytes, stream.Length), hash);
    }
}
