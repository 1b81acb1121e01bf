using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// Transformer encoder over a series: a linear projection of each step, its place as waves, encoder blocks, and a linear layer on the mean or the last step.
/// <code>
/// x = W·series + b + P,  P[t, 2i] = sin(t / 10000^(2i/d)),  P[t, 2i+1] = cos(t / 10000^(2i/d))
/// f = V · dropout(mean_t norm(block_L(… block₁(x)))ₜ) + d
/// </code>
/// </summary>
/// <remarks>
/// Reads all steps at once, at a cost that grows with the square of the length; places have no weights, so that any length is read, though none is
/// understood that training did not show. Parameters: <c>projection</c>, <c>blocks.{i}.…</c> of <see cref="EncoderBlock"/>, <c>norm</c>, <c>fc</c>.
/// Source: Vaswani et al., "Attention is all you need", NeurIPS 2017, arXiv:1706.03762, §3.5; on series: Zerveas et al., "A Transformer-based
/// framework for multivariate time series representation learning", KDD 2021, arXiv:2010.02803.
/// </remarks>
public sealed class SeriesTransformer : SeriesNetwork, IAttention
{
    private readonly Linear projection, fc;
    private readonly ModuleList<EncoderBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Dropout dropout;

    /// <summary>Builds the network with PyTorch's default initialization.</summary>
    /// <param name="features">Numbers per step, at least 1.</param>
    /// <param name="classes">The number of outputs: classes, default 2, or 1 in regression.</param>
    /// <param name="dModel">Numbers per step inside, even, default 64.</param>
    /// <param name="heads">Divides <paramref name="dModel"/>, default 4.</param>
    /// <param name="layers">The number of encoder blocks, default 2.</param>
    /// <param name="feedForward">The width of the hidden layer in each block, default 128; usually two to four times <paramref name="dModel"/>.</param>
    /// <param name="dropout">The share of what each part of a block adds, and of what the last layer reads, dropped in training, in [0, 1), default 0.</param>
    /// <param name="mean">Whether the last layer reads the mean of all steps, not the last step; default yes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1 or absurdly large, or the share is outside [0, 1).</exception>
    /// <exception cref="ArgumentException"><paramref name="heads"/> does not divide <paramref name="dModel"/>, or that is odd.</exception>
    public SeriesTransformer(
        int features, int classes = 2, int dModel = 64, int heads = 4, int layers = 2, int feedForward = 128, double dropout = 0, bool mean = true)
        : base(nameof(SeriesTransformer), features, classes)
    {
        DModel = Dimension.Check(dModel);
        Heads = Dimension.Check(heads);
        Layers = Dimension.Check(layers, max: Dimension.MostLayers);
        FeedForward = Dimension.Check(feedForward);
        Dropout = Dimension.CheckShare(dropout);
        Mean = mean;
        if (dModel % 2 != 0) throw new ArgumentException($"Expected an even dModel, got {dModel}: places are pairs of sine and cosine.", nameof(dModel));

        Dimension.Reserve(dModel, (long)features + classes);
        projection = nn.Linear(features, dModel);
        blocks = nn.ModuleList(Enumerable.Range(0, layers).Select(_ => new EncoderBlock(dModel, heads, feedForward, dropout)).ToArray());
        norm = nn.LayerNorm(dModel);
        fc = nn.Linear(dModel, classes);
        this.dropout = nn.Dropout(dropout);
        Register(("projection", projection), ("blocks", blocks), ("norm", norm), ("fc", fc), ("dropout", this.dropout));
    }

    /// <summary>Numbers per step inside.</summary>
    public int DModel { get; }

    /// <summary>The number of attention heads per block.</summary>
    public int Heads { get; }

    /// <summary>The number of encoder blocks.</summary>
    public int Layers { get; }

    /// <summary>The width of the hidden layer in each block.</summary>
    public int FeedForward { get; }

    /// <summary>The share of what each part of a block adds, and of what the last layer reads, that is dropped in training.</summary>
    public double Dropout { get; }

    /// <summary>Whether the last layer reads the mean of all steps, not the last step.</summary>
    public bool Mean { get; }

    /// <inheritdoc/>
    public (Tensor Logits, IReadOnlyList<Tensor> Weights) Attend(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        List<Tensor> weights = [];
        return (InUnits(Answer(Standardized(inputs), weights)).MoveToOuterDisposeScope(), [.. weights.Select(w => w.MoveToOuterDisposeScope())]);
    }

    /// <inheritdoc/>
    private protected override Tensor Answer(Tensor standardized) => Answer(standardized, null);

    private Tensor Answer(Tensor standardized, List<Tensor>? weights)
    {
        var x = projection.call(standardized) + Places(standardized.shape[1]);
        var states = norm.call(blocks.Run(dropout.call(x), null, weights));
        return fc.call(dropout.call(Mean ? states.mean([1L]) : states.select(1, -1)));
    }

    /// <summary>Shape <c>[T, dModel]</c>.</summary>
    private Tensor Places(long length)
    {
        var angles = arange(length).unsqueeze(1) * exp(arange(0, DModel, 2) * (-Math.Log(10000) / DModel));
        return stack([angles.sin(), angles.cos()], -1).flatten(1);
    }
}
