using System.Security.Cryptography;

namespace Adamant.Data;

/// <summary>Reads a folder of texts with one sub-folder of <c>.txt</c> files for each class, in a mixed order that depends on nothing but their number and names.</summary>
internal static class TextFolder
{
    /// <summary>Whether the sub-folders hold texts, and no images that the texts are notes on.</summary>
    public static bool Is(string folder)
    {
        var files = Directory.EnumerateDirectories(folder).SelectMany(d => Directory.EnumerateFiles(d)).ToList();
        return files.Any(f => f.EndsWith(".txt", StringComparison.Ordinal)) && !files.Any(ImageFolder.IsImage);
    }

    /// <summary>Reads all texts; the classes are the names of the sub-folders.</summary>
    public static Table Read(string folder)
    {
        var files = Directory.EnumerateDirectories(folder).Where(d => Path.GetFileName(d)[0] != '.').SelectMany(d => Directory.EnumerateFiles(d, "*.txt"))
            .Order(StringComparer.Ordinal).Take(DataLimits.Rows + 1).ToList();
        if (files.Count is 0 or > DataLimits.Rows) throw new InvalidDataException($"{folder}: expected 1 to {DataLimits.Rows} files .txt in one sub-folder for each class, got {files.Count}.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = files.Select(path => (Text: Content(path, hash), Label: Path.GetFileName(Path.GetDirectoryName(path))!, Line: 1)).ToList();
        var mixed = rows.Index().OrderBy(r => SplitMix.Of(0, r.Index).Bits()).Select(r => r.Item);
        return TextFile.ToTable(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), mixed) with { Sha256 = Convert.ToHexStringLower(hash.GetCurrentHash()) };
    }

    private static string Content(string path, IncrementalHash hash)
    {
        var text = string.Join('\n', InputFile.Read(path, Utf8Lines.Read, hash));
        return string.IsNullOrWhiteSpace(text) ? throw new InvalidDataException($"{path}: expected a text with at least one word, got an empty one. Remove the file.") : text;
    }
}
