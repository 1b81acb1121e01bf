namespace Adamant.Data;

/// <summary>Samples and their labels.</summary>
/// <param name="Inputs">Shape <c>[N, …]</c>: <c>Float32</c>, or <c>Int64</c> for tokens.</param>
/// <param name="Labels">
/// Shape <c>[N]</c>: class numbers <c>Int64</c>, or targets <c>Float32</c> in regression; shape <c>[N, T]</c>, <c>Int64</c>, for the next tokens of language models.
/// </param>
public sealed record Batch(Tensor Inputs, Tensor Labels) : IDisposable
{
    /// <summary>Stands among labels where there is no token to predict.</summary>
    public const long NoLabel = -100;

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
