using Adamant.Victims;
using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// Image classifier: the image as a sequence of patches behind a class token, Transformer encoder blocks, and a linear layer on that token.
/// <code>x = [class; W·patch₁ + b; …] + P,  f = V · norm(block_L(… block₁(x)))₀ + d</code>
/// </summary>
/// <remarks>
/// Knows nothing of neighborhoods beforehand, and so needs more data than a convolutional network of its size; costs grow with the square of the
/// number of patches. Parameters: <c>patch.weight</c>, <c>patch.bias</c>, <c>class_token</c>, <c>position</c>, <c>blocks.{i}.…</c> of
/// <see cref="EncoderBlock"/>, <c>norm</c>, <c>classifier</c>.
/// Source: Dosovitskiy et al., "An image is worth 16x16 words", ICLR 2021, arXiv:2010.11929, §3.1.
/// </remarks>
public sealed class VisionTransformer : Network, IAttention
{
    private readonly Conv2d patch;
    private readonly Parameter class_token, position;
    private readonly ModuleList<EncoderBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Linear classifier;

    /// <summary>Builds the network with PyTorch's default initialization, and N(0, 0.02²) for the class token and the positions.</summary>
    /// <param name="size">Height and width of an image in pixels, default 28.</param>
    /// <param name="patch">Height and width of a patch, default 4; divides <paramref name="size"/>.</param>
    /// <param name="channels">Channels of an image, default 1.</param>
    /// <param name="dModel">Numbers per patch, default 64.</param>
    /// <param name="heads">Divides <paramref name="dModel"/>, default 4.</param>
    /// <param name="layers">The number of encoder blocks, default 4.</param>
    /// <param name="feedForward">The width of the hidden layer in each block, default 256; usually four times <paramref name="dModel"/>.</param>
    /// <param name="classes">The number of outputs, default 10.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small or absurdly large.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="patch"/> does not divide <paramref name="size"/>, or <paramref name="heads"/> does not divide <paramref name="dModel"/>.
    /// </exception>
    public VisionTransformer(
        int size = 28, int patch = 4, int channels = 1, int dModel = 64, int heads = 4, int layers = 4, int feedForward = 256, int classes = 10)
        : base(nameof(VisionTransformer))
    {
        Size = Dimension.Check(size, max: Dimension.LongestSide);
        Patch = Dimension.Check(patch, max: Dimension.LongestSide);
        Channels = Dimension.Check(channels);
        DModel = Dimension.Check(dModel);
        Heads = Dimension.Check(heads);
        Layers = Dimension.Check(layers, max: Dimension.MostLayers);
        FeedForward = Dimension.Check(feedForward);
        Classes = Dimension.Check(classes);
        if (size % patch != 0)
            throw new ArgumentException($"Expected a patch that divides the size {size}, got {patch}. Choose another patch.", nameof(patch));

        var side = size / patch;
        Dimension.Reserve(dModel, ((long)channels * patch * patch) + (side * side) + classes);
        this.patch = nn.Conv2d(channels, dModel, patch, stride: patch);
        class_token = Small(1, dModel);
        position = Small((side * side) + 1, dModel);
        blocks = nn.ModuleList(Enumerable.Range(0, layers).Select(_ => new EncoderBlock(dModel, heads, feedForward)).ToArray());
        norm = nn.LayerNorm(dModel);
        classifier = nn.Linear(dModel, classes);
        register_parameter("class_token", class_token);
        register_parameter("position", position);
        Register(("patch", this.patch), ("blocks", blocks), ("norm", norm), ("classifier", classifier));
    }

    /// <summary>Height and width of an image in pixels.</summary>
    public int Size { get; }

    /// <summary>Height and width of a patch in pixels.</summary>
    public int Patch { get; }

    /// <summary>Channels of an image.</summary>
    public int Channels { get; }

    /// <summary>Numbers per patch.</summary>
    public int DModel { get; }

    /// <summary>The number of attention heads per block.</summary>
    public int Heads { get; }

    /// <summary>The number of encoder blocks.</summary>
    public int Layers { get; }

    /// <summary>The width of the hidden layer in each block.</summary>
    public int FeedForward { get; }

    /// <summary>The number of outputs.</summary>
    public int Classes { get; }

    /// <inheritdoc/>
    public override InputSpec Input => InputSpec.Image(Channels, Size, Size);

    /// <inheritdoc/>
    public override int Outputs => Classes;

    /// <summary>Maps images to logits.</summary>
    /// <param name="inputs">Shape <c>[N, channels, size, size]</c>, <c>Float32</c>, in [0, 1].</param>
    /// <returns>Shape <c>[N, classes]</c>.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public override Tensor forward(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return Logits(inputs).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <remarks>Position 0 is the class token; the patches follow row by row.</remarks>
    public (Tensor Logits, IReadOnlyList<Tensor> Weights) Attend(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        List<Tensor> weights = [];
        return (Logits(inputs, weights).MoveToOuterDisposeScope(), [.. weights.Select(w => w.MoveToOuterDisposeScope())]);
    }

    private Tensor Logits(Tensor inputs, List<Tensor>? weights = null)
    {
        Input.CheckShape(inputs);
        var patches = patch.call(inputs).flatten(2).transpose(1, 2);
        var x = blocks.Run(cat([class_token.expand(inputs.shape[0], -1, -1), patches], 1) + position, null, weights);
        return classifier.call(norm.call(x).select(1, 0));
    }

    private static Parameter Small(int length, int width)
    {
        using var scope = NewDisposeScope();
        return (Parameter)new Parameter(0.02 * randn(1, length, width)).DetachFromDisposeScope();
    }
}
