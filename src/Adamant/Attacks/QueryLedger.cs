namespace Adamant.Attacks;

/// <summary>How many questions an attack asked about each sample: black-box attacks are judged by it.</summary>
/// <remarks>A <see cref="Victims.Meter"/> counts what the victim answers in all; only the attack knows for which sample it asks.</remarks>
public sealed class QueryLedger
{
    private readonly long[] spent;
    private readonly long[] samples;

    /// <summary>A ledger for so many samples, in the order of the data.</summary>
    public QueryLedger(long count) : this(new long[count], [.. Enumerable.Range(0, checked((int)count)).Select(i => (long)i)])
    {
    }

    private QueryLedger(long[] spent, long[] samples) => (this.spent, this.samples) = (spent, samples);

    /// <summary>The questions about a sample of this ledger, from 0.</summary>
    public long this[long sample] => spent[samples[sample]];

    /// <summary>Writes questions down.</summary>
    /// <param name="indices">The samples, shape <c>[M]</c>, <c>Int64</c>, numbers of this ledger.</param>
    /// <param name="each">How many about each of them.</param>
    public void Charge(Tensor indices, long each = 1)
    {
        foreach (var index in indices.data<long>().ToArray()) spent[samples[index]] += each;
    }

    /// <summary>The questions about each sample.</summary>
    internal long[] Spent() => [.. samples.Select(s => spent[s])];

    /// <summary>Sets the questions about each sample to what a checkpoint says.</summary>
    internal void Restore(ReadOnlySpan<long> values)
    {
        for (var i = 0; i < values.Length; i++) spent[samples[i]] = values[i];
    }

    /// <summary>The same ledger for the samples with the given numbers: what is charged to the part is charged to the whole.</summary>
    public QueryLedger Select(Tensor indices) => new(spent, [.. indices.data<long>().ToArray().Select(i => samples[i])]);
}
