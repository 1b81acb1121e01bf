using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Adamant.Texts;

/// <summary>Words as points: those that keep the same company are near.</summary>
/// <remarks>
/// Immutable, and safe to use from several threads. Upper and lower case are the same. Nearness is use, not meaning: antonyms are often near.
/// </remarks>
public sealed class WordVectors
{
    private readonly FrozenDictionary<string, int> numbers;
    private readonly float[] rows;
    private readonly ConcurrentDictionary<(string Word, int Count, double MinCosine), IReadOnlyList<string>> nearest = new();

    /// <summary>Keeps words and their vectors.</summary>
    /// <param name="words">Each once, in lower case.</param>
    /// <param name="vectors">One row per word, shape <c>[words, dimensions]</c>, <c>Float32</c>; copied, and scaled to length 1.</param>
    /// <exception cref="ArgumentException">There is not one row per word.</exception>
    public WordVectors(IReadOnlyList<string> words, Tensor vectors)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.shape is not [var count, var dimensions] || count != words.Count)
            throw new ArgumentException($"Expected vectors of shape [{words.Count}, dimensions], one per word, got [{string.Join(", ", vectors.shape)}].", nameof(vectors));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        (Words, Dimensions) = ([.. words], (int)dimensions);
        numbers = Words.Select((word, i) => (word, i)).ToFrozenDictionary(p => p.word, p => p.i, StringComparer.Ordinal);
        rows = (vectors / vectors.norm(1, keepdim: true, p: 2f).clamp_min(1e-12)).data<float>().ToArray();
    }

    /// <summary>The words, in the order of their rows.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The numbers per word.</summary>
    public int Dimensions { get; }

    /// <summary>The embeddings of a network: near is what this network takes for near, so an attack that is bounded by it spares the network.</summary>
    /// <param name="encoding">Names the tokens.</param>
    /// <param name="table">One row per token, shape <c>[V, E]</c>.</param>
    public static WordVectors Of(TextEncoding encoding, Tensor table)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(table);
        using var scope = NewDisposeScope();
        return new WordVectors(encoding.Vocabulary, table.detach().narrow(0, 0, encoding.Vocabulary.Count));
    }

    /// <summary>Learns vectors from texts, see <see cref="WordVectorOptions"/>.</summary>
    /// <param name="texts">As many as possible; only what the attacker may know.</param>
    /// <param name="options">Sizes; the defaults when null.</param>
    /// <exception cref="ArgumentException">The texts hold no word often enough.</exception>
    public static WordVectors Fit(IEnumerable<string> texts, WordVectorOptions? options = null) => WordCompany.Vectors(texts, options ?? new WordVectorOptions());

    /// <summary>The cosine of the angle between two words; NaN where one of them is unknown.</summary>
    public double Cosine(string a, string b) =>
        numbers.TryGetValue(a.ToLowerInvariant(), out var i) && numbers.TryGetValue(b.ToLowerInvariant(), out var j) ? Dot(i, j) : double.NaN;

    /// <summary>The words nearest to a word, without itself; none where it is unknown.</summary>
    /// <param name="word">In upper or lower case.</param>
    /// <param name="count">The most words.</param>
    /// <param name="minCosine">How near they must be.</param>
    public IReadOnlyList<string> Nearest(string word, int count, double minCosine = -1)
    {
        ArgumentNullException.ThrowIfNull(word);
        var key = word.ToLowerInvariant();
        return numbers.ContainsKey(key) ? nearest.GetOrAdd((key, count, minCosine), Find) : [];          // unknown words would grow the cache without end
    }

    private IReadOnlyList<string> Find((string Word, int Count, double MinCosine) key)
    {
        var i = numbers[key.Word];
        return
        [
            .. Enumerable.Range(0, Words.Count).Where(j => j != i).Select(j => (Word: Words[j], Cosine: Dot(i, j)))
                .Where(n => n.Cosine >= key.MinCosine).OrderByDescending(n => n.Cosine).ThenBy(n => n.Word, StringComparer.Ordinal)
                .Take(key.Count).Select(n => n.Word),
        ];
    }

    private double Dot(int i, int j)
    {
        ReadOnlySpan<float> a = rows.AsSpan(i * Dimensions, Dimensions), b = rows.AsSpan(j * Dimensions, Dimensions);
        var sum = 0f;
        for (var k = 0; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }
}
