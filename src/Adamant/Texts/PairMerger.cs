namespace Adamant.Texts;

/// <summary>
/// Learns pieces of words: begins with characters, and again and again merges the pair of neighbors that occurs most.
/// <code>(a, b) = argmax count(ab);  vocabulary ← vocabulary ∪ {ab}</code>
/// </summary>
/// <remarks>
/// Each merge touches only the words that hold the pair. Pairs of equal count merge in ordinal order, so that the same corpus gives the same vocabulary everywhere.
/// Source: Sennrich, Haddow, Birch, "Neural Machine Translation of Rare Words with Subword Units", ACL 2016, arXiv:1508.07909, §3.2.
/// </remarks>
internal sealed class PairMerger
{
    private readonly List<(string[] Pieces, long Count)> words = [];
    private readonly Dictionary<(string, string), long> counts = [];
    private readonly Dictionary<(string, string), HashSet<int>> places = [];
    private readonly PriorityQueue<(string Left, string Right), (long Count, string Left, string Right)> queue =
        new(Comparer<(long Count, string Left, string Right)>.Create((a, b) =>
            a.Count != b.Count ? b.Count.CompareTo(a.Count) : string.CompareOrdinal(a.Left, b.Left) is not 0 and var left ? left : string.CompareOrdinal(a.Right, b.Right)));

    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>Learns a vocabulary, characters first, then merged pieces in the order of their merging.</summary>
    /// <param name="words">Words and how often they occur.</param>
    /// <param name="size">The most pieces.</param>
    /// <param name="minCount">How often a character or pair must occur.</param>
    /// <param name="continuing">Stands before pieces that continue a word; empty for byte-pair encoding.</param>
    public static List<string> Learn(IReadOnlyDictionary<string, long> words, int size, int minCount, string continuing = "")
    {
        var merger = new PairMerger();
        var vocabulary = merger.Characters(words, minCount, continuing).Take(size).ToList();
        merger.known.UnionWith(vocabulary);
        merger.Count();
        while (vocabulary.Count < size && merger.Next(minCount) is { } pair)
        {
            var merged = pair.Left + pair.Right[continuing.Length..];
            if (!merger.known.Add(merged)) continue;            // another pair of pieces gave it already
            vocabulary.Add(merged);
            merger.Merge(pair.Left, pair.Right, merged);
        }
        return vocabulary;
    }

    /// <summary>The merges of a vocabulary that was learned here: the two pieces to which the earlier merges bring each longer piece.</summary>
    public static List<string> MergesOf(IReadOnlyList<string> vocabulary)
    {
        var (merges, ranks) = (new List<string>(), new Dictionary<(string, string), int>());
        var (pieces, all) = (new List<string>(), vocabulary.ToHashSet(StringComparer.Ordinal));
        foreach (var piece in vocabulary)
        {
            if (piece.Contains(' ', StringComparison.Ordinal) || piece.Length > SubwordSplitter.LongestWord) continue;
            pieces.Clear();
            pieces.AddRange(piece.EnumerateRunes().Select(r => r.ToString()));
            while (pieces.Count > 2 && Lowest(pieces, ranks) is >= 0 and var at)
            {
                pieces[at] += pieces[at + 1];
                pieces.RemoveAt(at + 1);
            }
            if (pieces.Count != 2 || !pieces.All(all.Contains) || !ranks.TryAdd((pieces[0], pieces[1]), ranks.Count)) continue;
            merges.Add($"{pieces[0]} {pieces[1]}");
        }
        return merges;
    }

    private static int Lowest(List<string> pieces, Dictionary<(string, string), int> ranks)
    {
        var (best, at) = (int.MaxValue, -1);
        for (var i = 0; i + 1 < pieces.Count; i++)
        {
            if (ranks.TryGetValue((pieces[i], pieces[i + 1]), out var rank) && rank < best) (best, at) = (rank, i);
        }
        return at;
    }

    private IEnumerable<string> Characters(IReadOnlyDictionary<string, long> all, int minCount, string continuing)
    {
        var characters = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (word, count) in all)
        {
            if (word.Length > SubwordSplitter.LongestWord) continue;
            string[] pieces = [.. word.EnumerateRunes().Select((rune, i) => i == 0 ? rune.ToString() : continuing + rune)];
            words.Add((pieces, count));
            foreach (var piece in pieces) characters[piece] = characters.GetValueOrDefault(piece) + count;
        }
        return characters.Where(c => c.Value >= minCount).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key);
    }

    private void Count()
    {
        for (var word = 0; word < words.Count; word++)
        {
            var (pieces, count) = words[word];
            for (var i = 0; i + 1 < pieces.Length; i++) Add((pieces[i], pieces[i + 1]), count, word);
        }
        foreach (var (pair, count) in counts) queue.Enqueue(pair, (count, pair.Item1, pair.Item2));
    }

    /// <summary>The pair with the most occurrences; entries whose count has changed since are put right on the way.</summary>
    private (string Left, string Right)? Next(int minCount)
    {
        while (queue.TryDequeue(out var pair, out var priority))
        {
            var count = counts.GetValueOrDefault(pair);
            if (count == priority.Count) return count >= minCount ? pair : null;
            if (count > 0) queue.Enqueue(pair, (count, pair.Left, pair.Right));
        }
        return null;
    }

    private void Merge(string left, string right, string merged)
    {
        var (pair, grown) = ((left, right), new HashSet<(string, string)>());
        foreach (var word in places[pair].Order().ToList())
        {
            var (pieces, count) = words[word];
            for (var i = 0; i + 1 < pieces.Length; i++) Add((pieces[i], pieces[i + 1]), -count, word);
            words[word] = (pieces = Merge(pieces, pair, merged), count);
            for (var i = 0; i + 1 < pieces.Length; i++)
            {
                Add((pieces[i], pieces[i + 1]), count, word);
                if (pieces[i] == merged || pieces[i + 1] == merged) grown.Add((pieces[i], pieces[i + 1]));
            }
        }
        counts.Remove(pair);
        places.Remove(pair);
        foreach (var (l, r) in grown.Where(counts.ContainsKey)) queue.Enqueue((l, r), (counts[(l, r)], l, r));
    }

    private static string[] Merge(string[] pieces, (string, string) pair, string merged)
    {
        var result = new List<string>(pieces.Length);
        for (var i = 0; i < pieces.Length; i++)
        {
            var fits = i + 1 < pieces.Length && (pieces[i], pieces[i + 1]) == pair;
            result.Add(fits ? merged : pieces[i]);
            if (fits) i++;
        }
        return [.. result];
    }

    /// <summary>Pieces that are not in the vocabulary merge with nothing.</summary>
    private void Add((string, string) pair, long count, int word)
    {
        if (!known.Contains(pair.Item1) || !known.Contains(pair.Item2)) return;
        counts[pair] = counts.GetValueOrDefault(pair) + count;
        if (!places.TryGetValue(pair, out var at)) places[pair] = at = [];
        at.Add(word);
    }
}
