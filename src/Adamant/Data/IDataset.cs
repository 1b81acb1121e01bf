namespace Adamant.Data;

/// <summary>A finite set of labeled samples that can be read in any order.</summary>
public interface IDataset : IDisposable
{
    /// <summary>What the set is.</summary>
    DatasetCard Card { get; }

    /// <summary>The number of samples.</summary>
    long Count { get; }

    /// <summary>Reads the samples with the given numbers, in the given order.</summary>
    /// <param name="indices">Shape <c>[n]</c>, <c>Int64</c>, each in [0, <see cref="Count"/>).</param>
    Batch Read(Tensor indices);
}
