namespace Adamant.Data.Augmentations;

/// <summary>What augmentations of images have in common.</summary>
internal static class Images
{
    /// <summary>The four sizes of a batch of images.</summary>
    /// <exception cref="ArgumentException">The batch does not hold images.</exception>
    public static (long Count, long Channels, long Height, long Width) Sizes(Tensor inputs, string augmentation) =>
        inputs.shape is [var n, var c, var h, var w]
            ? (n, c, h, w)
            : throw new ArgumentException(
                $"{augmentation} expects images of shape [N, C, H, W], got [{string.Join(", ", inputs.shape)}]. Leave it out for other data.", nameof(inputs));
}
