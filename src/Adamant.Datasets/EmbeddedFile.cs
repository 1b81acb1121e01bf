using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Adamant.Datasets;

/// <summary>The files that this assembly carries; their origins and licenses are in the folder <c>Embedded</c>.</summary>
public static class EmbeddedFile
{
    private static readonly FrozenDictionary<string, string> Hashes = new Dictionary<string, string>
    {
        ["austen-persuasion.txt.gz"] = "8ec88840e6ed73c591b489d2cd404f7953dc7432f1fefe628f3521527714cf16",
        ["credit-scoring.csv.gz"] = "3c6e4162353b6549c7aa37bd408a0025581940cbbc8904df6db9cbf24570a880",
        ["digits8x8.csv.gz"] = "72deac7bc83b5a08e102562fc5761af4c438aac8b02aa70bd6671844809ebd16",
        ["ecg-mitbih208-60s.u16.gz"] = "261f87f6c1d2f6350acab2cfced8842cce5d93c30d0191243fea357277c12f20",
        ["fashion-test-images.idx.gz"] = "9c08ff5539e6f5975cebc9cd9bb71241bd5db09618ff34645b2023e6777c93c5",
        ["fashion-test-labels.idx.gz"] = "f680052e124eee20754c9fa1fdf79034e54aa227467bea8ae486bf2f2496abbe",
        ["fashion-train-images.idx.gz"] = "89ed0737a6d43d44fe829b255d7143b7e3c21f35ba863ff3f47aa20a817896e1",
        ["fashion-train-labels.idx.gz"] = "6b5f4a707b3d0df90563272f8db5a7d35acc963b136ac09fa9cfd2e45acea926",
        ["reviews-test.tsv.gz"] = "29246abc3608cc0adecf95a723eff125e9d36f32ab48a746ba5c997e09d0dd0e",
        ["reviews-train.tsv.gz"] = "326f13b8e1249d67393dcb40bc4773ce6fc0d064e14304760583d7408d48e483",
        ["spam-mail.tsv.gz"] = "2abca968760d35f7f261ebedc84fc72474f7c810da6e5a0bf681feaa3056ef38",
        ["tickets.tsv.gz"] = "cc1ffa86815efb68b9c35a8e9303bbe36ccd647e18b92db90f86dc5661009f54",
        ["wdbc.csv.gz"] = "d35383f294046b3609a23ad5236031d2bf668b7c7e500c9d0474a2765bfe03b6",
    }.ToFrozenDictionary();

    /// <summary>The names of the files.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Hashes.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Opens a file as it is stored, gzip in most cases, after checking its SHA-256.</summary>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The content is not the one that was put in.</exception>
    public static Stream Open(string name)
    {
        if (!Hashes.TryGetValue(name, out var expected)) throw new ArgumentException($"Expected one of {string.Join(", ", Names)}, got '{name}'.", nameof(name));
        using var resource = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"{name}: the assembly does not hold it. Build it again.");
        var content = new MemoryStream();
        resource.CopyTo(content);
        Check(name, content.GetBuffer().AsSpan(0, (int)content.Length), expected);
        content.Position = 0;
        return content;
    }

    /// <summary>Refuses content with another hash.</summary>
    internal static void Check(string name, ReadOnlySpan<byte> content, string expected)
    {
        var actual = Convert.ToHexStringLower(SHA256.HashData(content));
        if (actual != expected) throw new InvalidDataException($"{name}: expected SHA-256 {expected}, got {actual}. Restore the file.");
    }
}
