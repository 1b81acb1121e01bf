using System.Text.RegularExpressions;

namespace Adamant.Training;

/// <summary>
/// Weighs the words and pairs of neighboring words of a text.
/// <code>w(t, d) = (1 + ln tf) · (1 + ln((1 + n) / (1 + df))),  then each text is divided by its Euclidean length</code>
/// </summary>
/// <remarks>
/// A word is a run of at least two letters, digits or underscores, in lower case: the terms and weights of scikit-learn's <c>TfidfVectorizer</c> with
/// <c>ngram_range=(1, 2), sublinear_tf=True</c>. Source: Manning, Raghavan, Schütze, "Introduction to Information Retrieval", 2008, §6.4.
/// </remarks>
internal sealed partial class TfIdf
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<float> idf = [];

    /// <summary>Counts the terms of the texts to learn from.</summary>
    public TfIdf(IReadOnlyList<string> texts)
    {
        var frequencies = new List<int>();
        foreach (var text in texts)
        {
            foreach (var term in Terms(text).Distinct())
            {
                if (numbers.TryAdd(term, frequencies.Count)) frequencies.Add(1);
                else frequencies[numbers[term]]++;
            }
        }
        idf.AddRange(frequencies.Select(df => (float)(1 + Math.Log((1.0 + texts.Count) / (1 + df)))));
    }

    /// <summary>The number of different terms.</summary>
    public int Count => idf.Count;

    /// <summary>The terms of texts, one row for each text, without those that are not known.</summary>
    public SparseRows Weigh(IReadOnlyList<string> texts)
    {
        var (rows, columns, values) = (new List<int>(), new List<int>(), new List<float>());
        for (var row = 0; row < texts.Count; row++)
        {
            var counts = Terms(texts[row]).Where(numbers.ContainsKey).CountBy(t => numbers[t]).OrderBy(c => c.Key).ToArray();
            float[] raw = [.. counts.Select(c => (1 + MathF.Log(c.Value)) * idf[c.Key])];
            var length = MathF.Sqrt(raw.Sum(w => w * w));
            rows.AddRange(Enumerable.Repeat(row, raw.Length));
            columns.AddRange(counts.Select(c => c.Key));
            values.AddRange(raw.Select(w => w / length));
        }
        return new SparseRows([.. rows], [.. columns], [.. values], (texts.Count, Count));
    }

    private static IEnumerable<string> Terms(string text)
    {
        string[] words = [.. Word().Matches(text.ToLowerInvariant()).Select(m => m.Value)];
        return words.Concat(words.Zip(words.Skip(1), (a, b) => $"{a} {b}"));
    }

    [GeneratedRegex(@"\w\w+")]
    private static partial Regex Word();
}
