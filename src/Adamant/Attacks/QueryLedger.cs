namespace Adamant.Attacks;

/// <summary>What was done about each sample: how many questions an attack asked, by which black-box attacks are judged, and which attack worked on it last.</summary>
/// <remarks>A <see cref="Victims.Meter"/> counts what the victim answers in all; only the attack knows for which sample it asks.</remarks>
public sealed class QueryLedger
{
    private readonly long[] spent;
    private readonly long[] samples;
    private readonly string?[] attacks;

    /// <summary>A ledger for so many samples, in the order of the data.</summary>
    public QueryLedger(long count) : this(new long[count], new string?[count], [.. Enumerable.Range(0, checked((int)count)).Select(i => (long)i)])
    {
    }

    private QueryLedger(long[] spent, string?[] attacks, long[] samples) => (this.spent, this.attacks, this.samples) = (spent, attacks, samples);

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

    /// <summary>Sets the questions about each sample, and who worked on it last, to what a checkpoint says.</summary>
    internal void Restore(IReadOnlyList<long> questions, IReadOnlyList<string?> last)
    {
        for (var i = 0; i < samples.Length; i++) (spent[samples[i]], attacks[samples[i]]) = (questions[i], last[i]);
    }

    /// <summary>
    /// The attack that worked on a sample last; null where nobody said. Where attacks take turns on the samples that still stand, it is the one that moved the sample.
    /// </summary>
    public string? Last(long sample) => attacks[samples[sample]];

    /// <summary>Writes down whose turn it is.</summary>
    /// <param name="indices">The samples, shape <c>[M]</c>, <c>Int64</c>, numbers of this ledger.</param>
    /// <param name="attack">The attack with its parameters.</param>
    public void Turn(Tensor indices, string attack)
    {
        foreach (var index in indices.data<long>().ToArray()) attacks[samples[index]] = attack;
    }

    /// <summary>The same ledger for the samples with the given numbers: what is charged to the part is charged to the whole.</summary>
    public QueryLedger Select(Tensor indices) => new(spent, attacks, [.. indices.data<long>().ToArray().Select(i => samples[i])]);
}
