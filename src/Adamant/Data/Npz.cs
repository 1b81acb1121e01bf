using System.IO.Compression;

namespace Adamant.Data;

/// <summary>Reads and writes NumPy's archives: a zip of <c>.npy</c> arrays.</summary>
/// <remarks>
/// The inputs are the array <c>inputs</c>, <c>images</c>, <c>x</c> or <c>X</c>, the labels <c>labels</c>, <c>y</c> or <c>Y</c>; in an archive with parts, as MedMNIST's, <c>train_images</c>,
/// <c>train_labels</c>, <c>test_images</c>, <c>x_train</c>, <c>y_train</c> and so on. <c>inputs</c> of whole numbers and rank 2 are tokens.
/// Source: numpy.savez; Yang et al., "MedMNIST v2", Scientific Data 2023, arXiv:2110.14795.
/// </remarks>
public static class Npz
{
    private const int MaxEntries = 1000;
    private static readonly string[] InputKeys = ["inputs", "images", "x", "X", "data"];
    private static readonly string[] LabelKeys = ["labels", "label", "y", "Y", "targets"];

    /// <summary>Reads the samples of an archive.</summary>
    /// <param name="path">The file.</param>
    /// <param name="part">Which part, in an archive that has parts.</param>
    /// <param name="classNames">The classes in the order of their numbers; null for "0", "1", ….</param>
    /// <exception cref="InvalidDataException">The archive is damaged, has no such arrays, or they do not fit together.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static TensorDataset Open(string path, DatasetPart part = DatasetPart.Train, IReadOnlyList<string>? classNames = null)
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = InArchive(path, (archive, most) =>
        {
            var names = archive.Entries.Select(e => e.FullName).ToHashSet(StringComparer.Ordinal);
            return (ReadEntry(archive, Find(names, InputKeys, part), most), ReadEntry(archive, Find(names, LabelKeys, part), most));
        });
        return RawSamples.ToDataset(new RawSamples(path, inputs, labels) { ClassNames = classNames, Sha256 = InputFile.Sha256(path) });
    }

    /// <summary>Reads one array of an archive.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged or has no such array.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static Tensor ReadTensor(string path, string key) => InArchive(path, (archive, most) => ReadEntry(archive, $"{key}.npy", most));

    /// <summary>Writes arrays by name.</summary>
    public static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, tensor) in arrays.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            var entry = archive.CreateEntry($"{name}.npy", CompressionLevel.Fastest);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);      // the same data give the same bytes
            using var content = entry.Open();
            Npy.Write(content, tensor);
        }
    }

    private static ZipArchive OpenArchive(Stream file)
    {
        try
        {
            return new ZipArchive(file, ZipArchiveMode.Read);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException("expected an archive of arrays, got one that is cut short or damaged. Copy or download the file again", e);
        }
    }

    private static T InArchive<T>(string path, Func<ZipArchive, long, T> read)
    {
        using var file = InputFile.Open(path);
        try
        {
            using var archive = OpenArchive(file);
            return archive.Entries.Count <= MaxEntries ? read(archive, InputFile.Unpacked(file.Length)) : throw new InvalidDataException($"expected at most {MaxEntries} arrays, got {archive.Entries.Count}");
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static Tensor ReadEntry(ZipArchive archive, string name, long most)
    {
        var entry = archive.GetEntry(name) ?? throw new InvalidDataException($"expected an array '{name}', got {Names(archive.Entries.Select(e => e.FullName))}");
        try
        {
            using var stream = entry.Open();
            return Npy.Parse(stream, Math.Min(entry.Length, most));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"array '{name}': {e.Message}", e);
        }
    }

    private static string Find(HashSet<string> names, string[] keys, DatasetPart part)
    {
        var prefix = part == DatasetPart.Train ? "train" : "test";
        string[] wanted = [.. keys.Select(k => $"{k}.npy"), .. keys.SelectMany(k => new[] { $"{prefix}_{k}.npy", $"{k}_{prefix}.npy" })];
        return wanted.FirstOrDefault(names.Contains)
            ?? throw new InvalidDataException($"expected an array named {string.Join(", ", keys)}, or one of them after '{prefix}_', got {Names(names)}");
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal).Take(10).Select(n => n.Length > 40 ? n[..40] : n)) is { Length: > 0 } list ? list : "none";
}
