using System.Security.Cryptography;

namespace Adamant.Data;

/// <summary>
/// Reads the binary version of CIFAR-10.
/// <code>row = 1 byte label · 1,024 bytes red · 1,024 green · 1,024 blue, each plane 32 × 32 by rows</code>
/// </summary>
/// <remarks>Source: Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009; the set's page, section "Binary version".</remarks>
public static class Cifar10
{
    private const int Row = 1 + (3 * 32 * 32);

    /// <summary>The classes in the order of their numbers.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads one or more files (<c>data_batch_1.bin</c> …, <c>test_batch.bin</c>) one after the other.</summary>
    /// <returns>Inputs <c>[N, 3, 32, 32]</c> in [0, 1], labels <c>[N]</c>.</returns>
    /// <exception cref="InvalidDataException">A row is incomplete or its label is not in 0..9: names file and row.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static TensorDataset Open(params IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0) throw new ArgumentException("Expected at least one file, got none.", nameof(paths));
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = cat([.. paths.Select(path => InputFile.Read(path, Parse, hash))], 0);
        return RawSamples.ToDataset(new RawSamples(paths[0], rows.narrow(1, 1, Row - 1).reshape(-1, 3, 32, 32), rows.select(1, 0))
        {
            ClassNames = ClassNames,
            Sha256 = Convert.ToHexStringLower(hash.GetCurrentHash()),
        });
    }

    /// <summary>Shape <c>[N, 3073]</c> with checked labels.</summary>
    private static Tensor Parse(BoundedStream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        if (memory.Length == 0) throw new InvalidDataException($"expected rows of {Row} bytes, got an empty file");
        if (memory.Length % Row != 0) throw new InvalidDataException($"row {memory.Length / Row}: expected {Row} bytes, got {memory.Length % Row}. Copy or download the file again");
        var bytes = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        for (var row = 0; row < bytes.Length / Row; row++)
        {
            if (bytes[row * Row] > 9) throw new InvalidDataException($"row {row}, column 'label': label {bytes[row * Row]} is not in 0..9");
        }
        var tensor = empty([bytes.Length / Row, Row], dtype: ScalarType.Byte);
        bytes.CopyTo(tensor.bytes);
        return tensor;
    }
}
