using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// Language model: token embeddings, decoder blocks in which no position sees a later one, and the embeddings again as the output layer.
/// <code>x₀ = token(s),  xₗ₊₁ = blockₗ(xₗ),  f(s) = norm(x_L) · tokenᵀ</code>
/// </summary>
/// <remarks>
/// The layout of Llama: norm first by root mean square, rotated positions, gated feed-forward layers, shared key and value heads, no biases. Attention costs
/// time with the square of the length, and <see cref="LanguageNetwork.Continue"/> with the length per token. Learns what follows what, not what is true.
/// Parameters: <c>token.weight</c>; in <c>blocks.i</c> those of <see cref="DecoderBlock"/>; <c>norm.weight</c>; <c>classifier.weight</c> when not tied.
/// Source: Radford et al., "Improving language understanding by generative pre-training", 2018; Touvron et al., "LLaMA", arXiv:2302.13971; tied weights:
/// Press, Wolf, EACL 2017, arXiv:1608.05859.
/// </remarks>
public sealed class DecoderTransformer : LanguageNetwork
{
    private readonly Embedding token;
    private readonly Dropout dropout;
    private readonly ModuleList<DecoderBlock> blocks;
    private readonly RmsNorm norm;
    private readonly Linear? classifier;

    /// <summary>Builds the network with PyTorch's default initialization, and N(0, 0.02²) for the embeddings.</summary>
    /// <param name="vocabulary">The number of different tokens, at least 2.</param>
    /// <param name="maxLength">The longest text in tokens, default 256.</param>
    /// <param name="dModel">Numbers per token, default 128.</param>
    /// <param name="heads">Divides <paramref name="dModel"/> into even parts, default 4.</param>
    /// <param name="keyValueHeads">Divides <paramref name="heads"/>, default 2.</param>
    /// <param name="layers">The number of blocks, default 4.</param>
    /// <param name="feedForward">The width of the gated layer in each block, default 344; usually 8/3 of <paramref name="dModel"/>.</param>
    /// <param name="dropout">The share of the embeddings and of each part's outputs that training leaves out, in [0, 1), default 0.</param>
    /// <param name="tied">Whether the embeddings are the output layer too, default yes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small or absurdly large.</exception>
    /// <exception cref="ArgumentException">A number does not divide as it should.</exception>
    public DecoderTransformer(
        int vocabulary, int maxLength = 256, int dModel = 128, int heads = 4, int keyValueHeads = 2, int layers = 4, int feedForward = 344,
        double dropout = 0, bool tied = true) : base(nameof(DecoderTransformer))
    {
        Vocabulary = Dimension.Check(vocabulary, min: 2);
        MaxLength = Dimension.Check(maxLength);
        DModel = Dimension.Check(dModel);
        Heads = Dimension.Check(heads);
        KeyValueHeads = Dimension.Check(keyValueHeads);
        Layers = Dimension.Check(layers, max: Dimension.MostLayers);
        FeedForward = Dimension.Check(feedForward);
        Dropout = Dimension.CheckShare(dropout);
        Tied = tied;

        Dimension.Reserve(dModel, vocabulary * (tied ? 1L : 2L));
        token = nn.Embedding(vocabulary, dModel);
        using (no_grad()) nn.init.normal_(token.weight!, 0, 0.02);
        this.dropout = nn.Dropout(dropout);
        blocks = nn.ModuleList(Enumerable.Range(0, layers).Select(_ => new DecoderBlock(dModel, heads, keyValueHeads, feedForward, dropout)).ToArray());
        norm = new RmsNorm(dModel);
        classifier = tied ? null : nn.Linear(dModel, vocabulary, hasBias: false);
        Register(("token", token), ("dropout", this.dropout), ("blocks", blocks), ("norm", norm));
        if (classifier is not null) Register(("classifier", classifier));
    }

    /// <inheritdoc/>
    public override int Vocabulary { get; }

    /// <inheritdoc/>
    public override int MaxLength { get; }

    /// <summary>Numbers per token.</summary>
    public int DModel { get; }

    /// <summary>The number of query heads per block.</summary>
    public int Heads { get; }

    /// <summary>The number of key and value heads per block.</summary>
    public int KeyValueHeads { get; }

    /// <summary>The number of blocks.</summary>
    public int Layers { get; }

    /// <summary>The width of the gated layer in each block.</summary>
    public int FeedForward { get; }

    /// <summary>The share that training leaves out.</summary>
    public double Dropout { get; }

    /// <summary>Whether the embeddings are the output layer too.</summary>
    public bool Tied { get; }

    private protected override Embedding Lookup => token;

    private protected override Tensor Read(Tensor embedded, LanguageMemory? memory)
    {
        using var scope = NewDisposeScope();
        var rotation = CausalSelfAttention.Rotation(memory?.Length ?? 0, embedded.shape[1], DModel / Heads);
        var x = dropout.call(embedded);
        for (var i = 0; i < Layers; i++) x = blocks[i].forward(x, rotation, memory, $"{i}");
        x = norm.call(x);
        return (classifier?.call(x) ?? nn.functional.linear(x, Table)).MoveToOuterDisposeScope();
    }
}
