using Adamant.Texts;

namespace Adamant.Data.Augmentations;

/// <summary>Replaces random tokens of each text by the unknown one; padding stays.</summary>
/// <remarks>
/// Keeps a network from leaning on single words, which small sets of texts need most. Source: Iyyer, Manjunatha, Boyd-Graber, Daumé, "Deep Unordered
/// Composition Rivals Syntactic Methods for Text Classification", ACL 2015, §4.
/// </remarks>
/// <param name="Share">The probability of each token, in [0, 1); 0.1 by default.</param>
public sealed record WordDropout(double Share = 0.1) : IAugmentation
{
    /// <inheritdoc/>
    public Tensor Apply(Tensor inputs, Generator generator)
    {
        if (Share is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(inputs), Share, "Expected a Share in [0, 1).");
        if (inputs.dtype != ScalarType.Int64 || inputs.dim() != 2)
            throw new ArgumentException($"Expected tokens Int64 [N, T], got {inputs.dtype} [{string.Join(", ", inputs.shape)}]. Leave WordDropout out for other data.", nameof(inputs));
        using var scope = NewDisposeScope();
        using Scalar share = Share, padding = TextEncoding.Padding, unknown = TextEncoding.Unknown;      // held: the collector may free a number that a call still reads
        var chosen = rand(inputs.shape, generator: generator).lt(share).logical_and(inputs.ne(padding));
        return inputs.masked_fill(chosen, unknown).MoveToOuterDisposeScope();
    }
}
