namespace Adamant.Data;

/// <summary>Samples and their labels.</summary>
/// <param name="Inputs">Shape <c>[N, …]</c>: <c>Float32</c>, or <c>Int64</c> for tokens.</param>
/// <param name="Labels">Shape <c>[N]</c>: class numbers <c>Int64</c>, or targets <c>Float32</c> in regression.</param>
public sealed record Batch(Tensor Inputs, Tensor Labels) : IDisposable
{
    /// <summary>The number of samples.</summary>
    public long Count => Labels.shape[0];

    /// <summary>The samples from <paramref name="start"/>, as views of this batch.</summary>
    public Batch Slice(long start, long count) => new(Inputs.narrow(0, start, count), Labels.narrow(0, start, count));

    /// <summary>Frees both tensors.</summary>
    public void Dispose()
    {
        Inputs.Dispose();
        Labels.Dispose();
    }
}
