using System.Security.Cryptography;
using System.Text;

namespace Adamant.Auditing;

/// <summary>SHA-256 of samples and labels as they were attacked, wherever they came from.</summary>
internal static class SampleHash
{
    private const long Chunk = 1 << 26;                         // a span holds less than 2 GiB

    /// <summary>Of each tensor: its type and shape as text, then its bytes in the order of its elements.</summary>
    public static string Of(params IReadOnlyList<Tensor> tensors)
    {
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in tensors) Append(hash, tensor);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Of each text: its length in bytes, then its UTF-8.</summary>
    public static string Of(IEnumerable<string> texts, Tensor labels)
    {
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(Encoding.UTF8.GetBytes($"{bytes.Length} "));
            hash.AppendData(bytes);
        }
        Append(hash, labels);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, Tensor tensor)
    {
        hash.AppendData(Encoding.UTF8.GetBytes($"{tensor.dtype} [{string.Join(", ", tensor.shape)}]"));
        var flat = tensor.detach().cpu().contiguous().reshape(-1);
        for (long at = 0, count = flat.numel(); at < count; at += Chunk)
        {
            using var part = flat.narrow(0, at, Math.Min(Chunk, count - at));
            hash.AppendData(part.bytes);
        }
    }
}
