using System.Security.Cryptography;

namespace Adamant.Data;

/// <summary>Reads two files of one text a line: <c>name.neg</c> with the class <c>neg</c>, <c>name.pos</c> with the class <c>pos</c>.</summary>
internal static class TextPair
{
    private static readonly string[] Halves = ["neg", "pos"];

    /// <summary>Whether a file's name says that it is a half.</summary>
    public static bool IsHalf(string path) => Halves.Any(half => Plain(path).EndsWith("." + half, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads both halves, the texts of the classes in turn, so that the first few are of both.</summary>
    public static Table Read(string path)
    {
        var plain = Plain(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = Halves.SelectMany(half => Lines(plain[..^3] + half, path, hash).Select((text, i) => (Text: text, Label: half, Line: i + 1))).OrderBy(r => r.Line).ToList();
        return TextFile.ToTable(plain[..^4], rows) with { Sha256 = Convert.ToHexStringLower(hash.GetCurrentHash()) };
    }

    private static List<string> Lines(string path, string given, IncrementalHash hash)
    {
        var found = new[] { path, path + ".gz" }.FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{given}: expected '{Path.GetFileName(path)}' beside it, got no such file.", path);
        return InputFile.Read(found, Utf8Lines.Read, hash);
    }

    private static string Plain(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
}
