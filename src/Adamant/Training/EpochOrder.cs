using Adamant.Data;

namespace Adamant.Training;

/// <summary>The order in which an epoch reads the samples: shuffled, and texts of similar length in one batch, so that little of it is padding.</summary>
/// <remarks>
/// Texts are sorted by length within groups of <see cref="Group"/> batches that shuffling put together, and the batches of all groups are shuffled again: who is in which batch
/// changes from epoch to epoch, and depends on the generator alone.
/// </remarks>
internal static class EpochOrder
{
    /// <summary>So many batches are sorted together: more would save little, and leave less to chance.</summary>
    private const int Group = 50;

    /// <summary>The numbers of the samples, shape <c>[N]</c>, <c>Int64</c>; steps of <paramref name="batchSize"/> are the batches.</summary>
    public static Tensor Of(IDataset data, int batchSize, Generator generator)
    {
        using var scope = NewDisposeScope();
        var shuffled = randperm(data.Count, ScalarType.Int64, generator: generator);
        if (data is not ITextDataset { Lengths: var lengths } || data.Count <= batchSize) return shuffled.MoveToOuterDisposeScope();
        var batches = shuffled.data<long>().ToArray().Chunk(Group * batchSize).SelectMany(group => group.OrderBy(row => lengths[(int)row]).Chunk(batchSize)).ToArray();
        var whole = batches.Length - (batches[^1].Length < batchSize ? 1 : 0);                     // a smaller batch stays the last
        var order = randperm(whole, ScalarType.Int64, generator: generator).data<long>().ToArray();
        return tensor(order.SelectMany(b => batches[b]).Concat(batches.Skip(whole).SelectMany(b => b)).ToArray()).MoveToOuterDisposeScope();
    }
}
