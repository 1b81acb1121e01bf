using Adamant.Victims;
using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// Text classifier: token and position embeddings, Transformer encoder blocks, the mean over the real tokens, and a linear layer.
/// <code>x = E[tokens] + P[0…T−1],  f = V · mean_{t real} norm(block_L(… block₁(x)))ₜ + d</code>
/// </summary>
/// <remarks>
/// Token 0 is padding: nobody looks at it and the mean leaves it out, so that padding changes no logit; a text of nothing else has the logits d.
/// Reads all tokens at once, at a cost that grows with the square of the length, and none beyond <see cref="MaxLength"/>. Parameters:
/// <c>token.weight</c>, <c>position.weight</c>, <c>blocks.{i}.…</c> of <see cref="EncoderBlock"/>, <c>norm</c>, <c>classifier</c>.
/// Source: Vaswani et al., "Attention is all you need", NeurIPS 2017, arXiv:1706.03762; learned positions and classification: Devlin et al., "BERT",
/// NAACL 2019, arXiv:1810.04805.
/// </remarks>
public sealed class TransformerClassifier : TextNetwork, IAttention
{
    private readonly Embedding token, position;
    private readonly ModuleList<EncoderBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Linear classifier;
    private readonly Dropout dropout, inputDropout;

    /// <summary>Builds the network with PyTorch's default initialization, but N(0, 0.1²) for tokens and positions: from N(0, 1) it hardly learns from few texts.</summary>
    /// <param name="vocabulary">The number of different tokens, padding included, at least 2.</param>
    /// <param name="maxLength">The longest text in tokens.</param>
    /// <param name="dModel">Numbers per token.</param>
    /// <param name="heads">Divides <paramref name="dModel"/>.</param>
    /// <param name="layers">The number of encoder blocks.</param>
    /// <param name="feedForward">The width of the hidden layer in each block; usually four times <paramref name="dModel"/>.</param>
    /// <param name="classes">The number of outputs.</param>
    /// <param name="dropout">The share of what each part of a block adds, and of what the classifier reads, dropped in training, in [0, 1), default 0.</param>
    /// <param name="inputDropout">The share of the embedded numbers dropped in training, in [0, 1), default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small or absurdly large, or a share is outside [0, 1).</exception>
    /// <exception cref="ArgumentException"><paramref name="heads"/> does not divide <paramref name="dModel"/>.</exception>
    public TransformerClassifier(
        int vocabulary, int maxLength, int dModel, int heads, int layers, int feedForward, int classes, double dropout = 0, double inputDropout = 0)
        : base(nameof(TransformerClassifier))
    {
        Vocabulary = Dimension.Check(vocabulary, min: 2);
        MaxLength = Dimension.Check(maxLength);
        DModel = Dimension.Check(dModel);
        Heads = Dimension.Check(heads);
        Layers = Dimension.Check(layers, max: Dimension.MostLayers);
        FeedForward = Dimension.Check(feedForward);
        Classes = Dimension.Check(classes);
        Dropout = Dimension.CheckShare(dropout);
        InputDropout = Dimension.CheckShare(inputDropout);

        Dimension.Reserve(dModel, (long)vocabulary + maxLength + classes);
        token = nn.Embedding(vocabulary, dModel);
        position = nn.Embedding(maxLength, dModel);
        Initial.Scale(token.weight!, 0.1);
        Initial.Scale(position.weight!, 0.1);
        blocks = nn.ModuleList(Enumerable.Range(0, layers).Select(_ => new EncoderBlock(dModel, heads, feedForward, dropout)).ToArray());
        norm = nn.LayerNorm(dModel);
        classifier = nn.Linear(dModel, classes);
        this.dropout = nn.Dropout(dropout);
        this.inputDropout = nn.Dropout(inputDropout);
        Register(
            ("token", token), ("position", position), ("blocks", blocks), ("norm", norm), ("classifier", classifier), ("dropout", this.dropout),
            ("inputDropout", this.inputDropout));
    }

    /// <summary>The number of different tokens, padding included.</summary>
    public int Vocabulary { get; }

    /// <summary>The longest text in tokens.</summary>
    public int MaxLength { get; }

    /// <summary>Numbers per token.</summary>
    public int DModel { get; }

    /// <summary>The number of attention heads per block.</summary>
    public int Heads { get; }

    /// <summary>The number of encoder blocks.</summary>
    public int Layers { get; }

    /// <summary>The width of the hidden layer in each block.</summary>
    public int FeedForward { get; }

    /// <summary>The number of outputs.</summary>
    public int Classes { get; }

    /// <summary>The share of what each part of a block adds, and of what the classifier reads, that is dropped in training.</summary>
    public double Dropout { get; }

    /// <summary>The share of the embedded numbers that is dropped in training.</summary>
    public double InputDropout { get; }

    /// <inheritdoc/>
    public override InputSpec Input => InputSpec.Tokens(Vocabulary);

    /// <inheritdoc/>
    public override int Outputs => Classes;

    /// <inheritdoc/>
    public override int LongestText => MaxLength;

    /// <inheritdoc/>
    public override Tensor Table => token.weight!;

    /// <inheritdoc/>
    /// <remarks>Without the positions, which <see cref="FromEmbedding"/> adds.</remarks>
    public override Tensor Embed(Tensor tokens)
    {
        Sequence.Check(Input, tokens, MaxLength);
        return token.call(tokens);
    }

    /// <inheritdoc/>
    public override Tensor FromEmbedding(Tensor embedded, Tensor tokens)
    {
        using var scope = NewDisposeScope();
        return Logits(embedded, tokens).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public (Tensor Logits, IReadOnlyList<Tensor> Weights) Attend(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        List<Tensor> weights = [];
        return (Logits(Embed(inputs), inputs, weights).MoveToOuterDisposeScope(), [.. weights.Select(w => w.MoveToOuterDisposeScope())]);
    }

    private Tensor Logits(Tensor embedded, Tensor tokens, List<Tensor>? weights = null)
    {
        Sequence.Check(new InputSpec([-1, DModel]), embedded, MaxLength);
        new InputSpec([embedded.shape[1]]).CheckShape(tokens);
        var padding = tokens.eq(0);
        var hidden = padding.logical_and(padding.all(1, keepdim: true).logical_not());   // softmax over nothing would be NaN
        var x = blocks.Run(inputDropout.call(embedded + position.call(arange(embedded.shape[1]))), hidden, weights);
        var real = padding.logical_not().unsqueeze(-1).to_type(x.dtype);
        var mean = (norm.call(x) * real).sum(dim: 1) / real.sum(dim: 1).clamp_min(1);
        return classifier.call(dropout.call(mean));
    }
}
