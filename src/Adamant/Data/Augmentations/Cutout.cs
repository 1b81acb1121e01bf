namespace Adamant.Data.Augmentations;

/// <summary>Blanks a square with a random center in each image; it may reach over the edge.</summary>
/// <remarks>Source: DeVries, Taylor, "Improved Regularization of Convolutional Neural Networks with Cutout", arXiv:1708.04552, §3.</remarks>
/// <param name="Size">The side of the square in pixels, at least 1; 8 by default.</param>
public sealed record Cutout(int Size = 8) : IAugmentation
{
    /// <inheritdoc/>
    public Tensor Apply(Tensor inputs, Generator generator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Size, 1);
        using var scope = NewDisposeScope();
        var (count, _, height, width) = Images.Sizes(inputs, nameof(Cutout));
        var hidden = Span(height).unsqueeze(2).logical_and(Span(width).unsqueeze(1)).unsqueeze(1);
        return inputs.masked_fill(hidden, 0).MoveToOuterDisposeScope();

        Tensor Span(long length)                                // [N, length]: true from the square's first to its last line
        {
            var first = randint(0, length, [count, 1], dtype: ScalarType.Int64, generator: generator) - Size / 2;
            var line = arange(length);
            return (line >= first).logical_and(line < first + Size);
        }
    }
}
