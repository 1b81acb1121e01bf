using Adamant.Texts;

namespace Adamant.Defenses.Training;

/// <summary>For each token of a vocabulary the tokens of near meaning: what <see cref="SubstitutionTraining"/> may put in its place.</summary>
public sealed class TokenNeighbors : IDisposable
{
    private readonly string name;

    /// <summary>Looks the neighbors of all tokens up.</summary>
    /// <param name="encoding">The vocabulary.</param>
    /// <param name="vectors">Where words are; those of the threat to withstand.</param>
    /// <param name="minCosine">The least cosine.</param>
    /// <param name="count">The most neighbors of a token.</param>
    public TokenNeighbors(TextEncoding encoding, WordVectors vectors, double minCosine = 0.5, int count = 20)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var numbers = encoding.Vocabulary.Select((piece, id) => (piece, id)).ToDictionary(p => p.piece, p => (long)p.id, StringComparer.Ordinal);
        var table = new long[encoding.Vocabulary.Count * count];
        for (var id = TextEncoding.Unknown + 1; id < encoding.Vocabulary.Count; id++)
        {
            var near = vectors.Nearest(encoding.Vocabulary[id], count, minCosine).Select(word => numbers.GetValueOrDefault(word));
            foreach (var (neighbor, k) in near.Where(n => n > TextEncoding.Unknown).Select((n, k) => (n, k))) table[(id * count) + k] = neighbor;
        }
        Table = tensor(table, [encoding.Vocabulary.Count, count]).DetachFromDisposeScope();
        name = FormattableString.Invariant($"the {count} nearest of cosine {minCosine:0.####}");
    }

    /// <summary>Shape <c>[V, count]</c>, <c>Int64</c>; 0 where there are fewer.</summary>
    public Tensor Table { get; }

    /// <summary>Frees the table.</summary>
    public void Dispose() => Table.Dispose();

    /// <summary>For people, and for checkpoints.</summary>
    public override string ToString() => name;
}
