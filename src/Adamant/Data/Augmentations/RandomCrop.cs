namespace Adamant.Data.Augmentations;

/// <summary>Shifts images by up to <paramref name="Padding"/> pixels in both directions: pads with zeros and cuts the old size out.</summary>
/// <remarks>Source: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, arXiv:1512.03385, §4.2 (padding 4 at 32×32).</remarks>
/// <param name="Padding">At least 0; 4 by default.</param>
public sealed record RandomCrop(int Padding = 4) : IAugmentation
{
    /// <inheritdoc/>
    public Tensor Apply(Tensor inputs, Generator generator)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Padding);
        using var scope = NewDisposeScope();
        var (count, _, height, width) = Images.Sizes(inputs, nameof(RandomCrop));
        var padded = nn.functional.pad(inputs, [Padding, Padding, Padding, Padding]);
        var offsets = randint(0, 2 * Padding + 1, [2, count, 1], dtype: ScalarType.Int64, generator: generator);
        var rows = (offsets[0] + arange(height)).unsqueeze(2);
        var columns = (offsets[1] + arange(width)).unsqueeze(1);
        var images = arange(count).reshape(-1, 1, 1);
        var cut = padded.permute(0, 2, 3, 1).index([images, rows, columns]);     // [N, H, W, C]: the layout that convolutions like
        return cut.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }
}
