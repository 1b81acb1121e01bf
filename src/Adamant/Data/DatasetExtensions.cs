using Adamant.Texts;

namespace Adamant.Data;

/// <summary>Parts, orders and batches of data sets.</summary>
public static class DatasetExtensions
{
    /// <summary>Reads the samples from <paramref name="start"/> in their own order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not all of these samples exist.</exception>
    public static Batch Read(this IDataset data, long start, long count)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, data.Count - start);
        using var indices = arange(start, start + count, ScalarType.Int64);
        return data.Read(indices);
    }

    /// <summary>Reads the whole set.</summary>
    public static Batch ReadAll(this IDataset data) => data.Read(0, data.Count);

    /// <summary>The first <paramref name="count"/> samples, or all if there are fewer. Does not own the set that it looks at.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static IDataset Take(this IDataset data, long count)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return PartOf(data, arange(0, Math.Min(count, data.Count), ScalarType.Int64));
    }

    /// <summary>Splits off a random part of the samples, e.g. for validation; of a set in the order of time the last part.</summary>
    /// <param name="data">The set, of at least 2 samples; the parts look at it and do not own it.</param>
    /// <param name="fraction">The share of the second part, in (0, 1); both parts get at least one sample.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">The set has fewer than 2 samples.</exception>
    public static (IDataset Remainder, IDataset Part) Split(this IDataset data, double fraction, int seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!(fraction is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "Expected a share between 0 and 1.");
        if (data.Count < 2) throw new ArgumentException($"{data.Card.Name}: expected at least 2 samples to split, got {data.Count}.", nameof(data));
        using var scope = NewDisposeScope();
        using var generator = new Generator((uint)seed, CPU);
        var order = data.Card.IsOrdered ? arange(data.Count, ScalarType.Int64).flip(0) : randperm(data.Count, ScalarType.Int64, generator: generator);
        var count = Math.Clamp((long)Math.Round(data.Count * fraction), 1, data.Count - 1);
        return (PartOf(data, order.narrow(0, count, data.Count - count).clone()), PartOf(data, order.narrow(0, 0, count).clone()));
    }

    private static Part PartOf(IDataset whole, Tensor chosen) => whole is ITextDataset texts ? new TextPart(texts, chosen) : new Part(whole, chosen);

    private class Part : IDataset
    {
        private readonly IDataset whole;
        private readonly Tensor chosen;

        public Part(IDataset whole, Tensor chosen)
        {
            (this.whole, this.chosen) = (whole, chosen.DetachFromDisposeScope());
            Card = whole.Card with { Rows = chosen.shape[0] };
        }

        public DatasetCard Card { get; }

        public long Count => Card.Rows;

        public Batch Read(Tensor indices)
        {
            using var mapped = chosen.index_select(0, indices);
            return whole.Read(mapped);
        }

        public void Dispose() => chosen.Dispose();
    }

    private sealed class TextPart(ITextDataset whole, Tensor chosen) : Part(whole, chosen), ITextDataset
    {
        private readonly long[] rows = chosen.data<long>().ToArray();

        public TextEncoding Encoding { get; } = whole.Encoding;

        public IReadOnlyList<string> Texts => [.. rows.Select(r => whole.Texts[(int)r])];

        public IReadOnlyList<int> Lengths => [.. rows.Select(r => whole.Lengths[(int)r])];
    }
}
