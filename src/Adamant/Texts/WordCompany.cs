namespace Adamant.Texts;

/// <summary>
/// Learns word vectors by counting who stands near whom, and decomposing the surprise.
/// <code>M = max(0, ln(p(w, c) / (p(w) · p(c)^¾)));   M ≈ U Σ Vᵀ;   vectors = U √Σ</code>
/// </summary>
/// <remarks>
/// As good as skip-gram on small corpora, without a training. The decomposition is randomized: two power iterations on a random subspace.
/// Source: Levy, Goldberg, Dagan, "Improving Distributional Similarity with Lessons Learned from Word Embeddings", TACL 3, 2015, §2 and §3; Halko, Martinsson,
/// Tropp, "Finding Structure with Randomness", SIAM Review 53, 2011, arXiv:0909.4061, Algorithm 4.4.
/// </remarks>
internal static class WordCompany
{
    private const double Smoothing = 0.75;

    public static WordVectors Vectors(IEnumerable<string> texts, WordVectorOptions options)
    {
        var corpus = texts.Select(t => Words.Of(t.ToLowerInvariant())).ToList();
        var words = corpus.SelectMany(t => t).CountBy(w => w).Where(c => c.Value >= options.MinCount)
            .OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key).Take(options.MaxWords).ToList();
        if (words.Count == 0) throw new ArgumentException($"Expected texts with a word that occurs at least {options.MinCount} times, got none.", nameof(texts));

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var surprise = Surprise(Counts(corpus, words, options.Window), words.Count);
        return new WordVectors(words, Decompose(surprise, Math.Min(options.Dimensions, words.Count), options.Seed));
    }

    private static float[] Counts(List<IReadOnlyList<string>> corpus, List<string> words, int window)
    {
        var numbers = words.Select((word, i) => (word, i)).ToDictionary(p => p.word, p => p.i, StringComparer.Ordinal);
        var counts = new float[(long)words.Count * words.Count];
        foreach (var text in corpus)
        {
            var ids = text.Select(w => numbers.GetValueOrDefault(w, -1)).ToArray();
            for (var i = 0; i < ids.Length; i++)
            {
                for (var j = i + 1; j < ids.Length && j <= i + window; j++)
                {
                    if (ids[i] < 0 || ids[j] < 0) continue;
                    counts[((long)ids[i] * words.Count) + ids[j]]++;
                    counts[((long)ids[j] * words.Count) + ids[i]]++;
                }
            }
        }
        return counts;
    }

    /// <summary>Positive pointwise mutual information, with the contexts' frequencies smoothed.</summary>
    private static Tensor Surprise(float[] counts, int words)
    {
        using var scope = NewDisposeScope();
        var together = tensor(counts, [words, words]);
        var alone = together.sum(dim: 1, keepdim: true).clamp_min(1e-6);
        var context = together.sum(dim: 0, keepdim: true).pow(Smoothing);
        context = (context / sum(context)).clamp_min(1e-12);
        return together.div_(alone).div_(context).log_().clamp_min_(0).MoveToOuterDisposeScope();
    }

    private static Tensor Decompose(Tensor matrix, int dimensions, int seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)(uint)seed, CPU);
        var some = Math.Min(matrix.shape[0], dimensions + 10);
        var basis = linalg.qr(matrix.matmul(randn([matrix.shape[1], some], generator: generator))).Q;
        for (var i = 0; i < 2; i++) basis = linalg.qr(matrix.matmul(matrix.t().matmul(basis))).Q;
        var (u, s, _) = linalg.svd(basis.t().matmul(matrix), fullMatrices: false);
        return (basis.matmul(u).narrow(1, 0, dimensions) * s.narrow(0, 0, dimensions).sqrt()).MoveToOuterDisposeScope();
    }
}
