namespace Adamant.Attacks;

/// <summary>
/// The least number of insertions, deletions and substitutions that turn one sequence into another (Levenshtein), and of swaps of neighbors where they count
/// as one edit (optimal string alignment: no part is edited twice).
/// </summary>
/// <remarks>
/// Works in a band around the diagonal that widens until the distance fits into it: the cost is O(length · distance), not O(length²).
/// Source: Ukkonen, "Algorithms for Approximate String Matching", Information and Control 64, 1985, §2.
/// </remarks>
internal static class EditDistance
{
    public static int Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, bool swaps = false)
        where T : IEquatable<T>
    {
        var same = a.CommonPrefixLength(b);
        a = a[same..];
        b = b[same..];
        while (a.Length > 0 && b.Length > 0 && a[^1].Equals(b[^1]))
        {
            a = a[..^1];
            b = b[..^1];
        }
        if (a.Length == 0 || b.Length == 0) return Math.Max(a.Length, b.Length);
        for (var band = 8L; ; band *= 4)
        {
            var distance = Within(a, b, (int)Math.Min(band, Math.Max(a.Length, b.Length)), swaps);
            if (distance <= band) return distance;
        }
    }

    /// <summary>The distance where it is at most <paramref name="band"/>, and something greater elsewhere.</summary>
    private static int Within<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, int band, bool swaps)
        where T : IEquatable<T>
    {
        const int far = int.MaxValue / 2;
        if (Math.Abs(a.Length - b.Length) > band) return far;
        var (before, last, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) last[j] = j <= band ? j : far;
        for (var i = 1; i <= a.Length; i++)
        {
            var (from, to) = (Math.Max(1, i - band), Math.Min(b.Length, i + band));
            row[from - 1] = from == 1 ? i : far;
            for (var j = from; j <= to; j++)
            {
                var above = j <= i - 1 + band ? last[j] : far;
                var best = Math.Min(Math.Min(above, row[j - 1]) + 1, last[j - 1] + (a[i - 1].Equals(b[j - 1]) ? 0 : 1));
                if (swaps && i > 1 && j > 1 && a[i - 1].Equals(b[j - 2]) && a[i - 2].Equals(b[j - 1])) best = Math.Min(best, before[j - 2] + 1);
                row[j] = best;
            }
            (before, last, row) = (last, row, before);
        }
        return last[b.Length];
    }
}
