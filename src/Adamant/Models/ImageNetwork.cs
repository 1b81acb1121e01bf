using Adamant.Engine;
using Adamant.Victims;

namespace Adamant.Models;

/// <summary>A network that classifies square images with values in [0, 1].</summary>
public abstract class ImageNetwork : Network
{
    /// <summary>Checks the sizes before any layer is built.</summary>
    private protected ImageNetwork(string name, int classes, int channels, int size, int smallest) : base(name)
    {
        Classes = Dimension.Check(classes);
        Channels = Dimension.Check(channels);
        Size = Dimension.Check(size, min: smallest, max: Dimension.LongestSide);
        Allocator.KeepPages();
    }

    /// <summary>The number of outputs.</summary>
    public int Classes { get; }

    /// <summary>Channels of an image.</summary>
    public int Channels { get; }

    /// <summary>Height and width of an image in pixels.</summary>
    public int Size { get; }

    /// <inheritdoc/>
    public sealed override InputSpec Input => InputSpec.Image(Channels, Size, Size);

    /// <inheritdoc/>
    public sealed override int Outputs => Classes;
}
