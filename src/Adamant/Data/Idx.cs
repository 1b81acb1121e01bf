using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Adamant.Data;

/// <summary>
/// Reads the IDX format of MNIST and Fashion-MNIST, plain or gzip.
/// <code>00 00 08 rank · rank × 4 bytes of size, big-endian · unsigned bytes, last dimension fastest</code>
/// </summary>
/// <remarks>
/// Only unsigned bytes (type 08) are read: no public set uses another type. Images are kept as bytes and leave as value/255.
/// Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", section "File formats".
/// </remarks>
public static class Idx
{
    private const int MaxHeader = 4 + (4 * DataLimits.Rank);

    /// <summary>Reads images and their labels.</summary>
    /// <param name="images">A file of rank 3: rows, height, width.</param>
    /// <param name="labels">A file of rank 1 with as many rows.</param>
    /// <param name="classNames">The classes in the order of their numbers; null for "0", "1", … up to the largest label.</param>
    /// <returns>Inputs <c>[N, 1, H, W]</c> in [0, 1], labels <c>[N]</c>.</returns>
    /// <exception cref="InvalidDataException">A file is damaged, cut off, of another format, or has labels that are no classes: names file and row.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static TensorDataset Open(string images, string labels, IReadOnlyList<string>? classNames = null)
    {
        using var imageFile = InputFile.Open(images);
        using var labelFile = InputFile.Open(labels);
        return Read(images, imageFile, labels, labelFile, classNames);
    }

    /// <summary>Reads a part from a folder with the files of MNIST: <c>train-images-idx3-ubyte</c>, <c>t10k-labels-idx1-ubyte</c>, …, <c>.gz</c> or not.</summary>
    /// <exception cref="FileNotFoundException">The folder does not hold the part.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static TensorDataset OpenFolder(string folder, DatasetPart part, IReadOnlyList<string>? classNames = null)
    {
        var images = Images(folder, part) ?? throw new FileNotFoundException($"{folder}: expected {Prefix(part)}-images-idx3-ubyte, plain or .gz, got no such file.");
        return Open(images, DataFile.LabelsOf(images), classNames);
    }

    /// <summary>Whether a folder holds the images of a part.</summary>
    public static bool Has(string folder, DatasetPart part) => Directory.Exists(folder) && Images(folder, part) is not null;

    /// <summary>Reads one file as a tensor of bytes.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, cut off or of another format.</exception>
    public static Tensor ReadTensor(string path) => InputFile.Read(path, Parse);

    /// <summary>Reads images and their labels from streams that can seek.</summary>
    public static TensorDataset Read(string imageName, Stream images, string labelName, Stream labels, IReadOnlyList<string>? classNames = null)
    {
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var x = InputFile.Read(imageName, images, Parse, hash);
        var y = InputFile.Read(labelName, labels, Parse, hash);
        if (x.dim() != 3) throw new InvalidDataException($"{imageName}: expected images of 3 dimensions (rows, height, width), got {x.dim()}. Is it the file of the labels?");
        if (y.dim() != 1) throw new InvalidDataException($"{labelName}: expected labels of 1 dimension, got {y.dim()}. Is it the file of the images?");
        if (x.shape[0] != y.shape[0]) throw new InvalidDataException($"{labelName}: expected {x.shape[0]} labels, one for each image, got {y.shape[0]}.");
        return RawSamples.ToDataset(new RawSamples(imageName, x.unsqueeze(1), y)
        {
            LabelName = labelName,
            ClassNames = classNames,
            Sha256 = Convert.ToHexStringLower(hash.GetCurrentHash()),
        });
    }

    private static string Prefix(DatasetPart part) => part == DatasetPart.Train ? "train" : "t10k";

    private static string? Images(string folder, DatasetPart part) =>
        Directory.EnumerateFiles(folder, $"{Prefix(part)}*images*idx3*").Order(StringComparer.Ordinal).FirstOrDefault();

    private static Tensor Parse(BoundedStream stream)
    {
        var shape = ReadHeader(stream);
        var row = shape.Skip(1).Aggregate(1L, (product, d) => product * d);
        var size = shape[0] * row;
        using var scope = NewDisposeScope();
        if (size > stream.Remaining) throw Missing(shape[0], row, stream.Remaining);
        var tensor = empty(shape, dtype: ScalarType.Byte);
        var bytes = tensor.bytes;
        var got = 0;
        try
        {
            for (int count; got < bytes.Length && (count = stream.Read(bytes[got..])) > 0;) got += count;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"the gzip stream is damaged after row {got / row}. Copy or download the file again", e);
        }
        if (got < bytes.Length) throw Missing(shape[0], row, got);
        if (stream.ReadByte() >= 0) throw new InvalidDataException($"expected {size} bytes after the header, got more: the header does not belong to the data");
        return tensor.MoveToOuterDisposeScope();
    }

    private static long[] ReadHeader(BoundedStream stream)
    {
        Span<byte> header = stackalloc byte[MaxHeader];
        var magic = header[..4];
        if (stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) < 4 || magic[0] != 0 || magic[1] != 0)
            throw new InvalidDataException($"expected an IDX file, which begins with 00 00 08, got {Convert.ToHexString(magic)}");
        if (magic[2] != 8) throw new InvalidDataException($"expected unsigned bytes (type 08), got type {magic[2]:x2}. Convert the file");
        if (magic[3] is 0 or > DataLimits.Rank) throw new InvalidDataException($"expected 1 to {DataLimits.Rank} dimensions, got {magic[3]}");
        var sizes = header.Slice(4, 4 * magic[3]);
        if (stream.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false) < sizes.Length) throw new InvalidDataException("the file ends within its header");
        var shape = new long[magic[3]];
        var elements = 1L;
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = BinaryPrimitives.ReadUInt32BigEndian(sizes[(4 * i)..]);
            if (shape[i] == 0) throw new InvalidDataException($"expected at least one row and pixel, got size 0 in dimension {i}");
            if (shape[i] > DataLimits.Bytes / elements) throw new InvalidDataException($"expected at most {DataLimits.Bytes} bytes, got a header that claims more");
            elements *= shape[i];
        }
        return shape;
    }

    private static InvalidDataException Missing(long rows, long row, long got) =>
        new($"expected {rows} rows of {row} bytes, got {got / row}: rows {got / row} to {rows - 1} are missing. Copy or download the file again");
}
