using Adamant.Victims;
using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>
/// Turns one sequence into another: an encoder reads the source, a decoder writes the target and looks at both.
/// <code>
/// e(s)ₜ = √d · token(sₜ) + p(t),  p(t)₂ᵢ = sin(t / 10000^(2i/d)),  p(t)₂ᵢ₊₁ = cos(t / 10000^(2i/d))
/// m = encoder(e(source)),  f = decoder(e(target), m) · tokenᵀ
/// </code>
/// </summary>
/// <remarks>
/// The original Transformer: normalized after each part, sines for positions, one table of embeddings for source, target and output. Needs a warm-up of the
/// learning rate. A sample is the source, padded at its end to <see cref="SourceLength"/>, followed by what is written of the target, after <see cref="Begin"/>; the logits
/// are of the target's next tokens. Parameters: <c>token.weight</c>; <c>encoder</c> and <c>decoder</c> with the names of PyTorch's <c>nn.Transformer</c>.
/// Source: Vaswani et al., "Attention is all you need", NeurIPS 2017, arXiv:1706.03762.
/// </remarks>
public sealed class Seq2SeqTransformer : Network, IEmbedding
{
    /// <summary>The token that begins every target.</summary>
    public const int Begin = 2;

    /// <summary>The token that ends every target.</summary>
    public const int End = 3;

    private readonly Embedding token;
    private readonly Dropout dropout;
    private readonly LayerStack<PostNormEncoderLayer> encoder;
    private readonly LayerStack<PostNormDecoderLayer> decoder;

    /// <summary>Builds the network with PyTorch's default initialization, and N(0, 1/dModel) for the embeddings.</summary>
    /// <param name="vocabulary">The number of different tokens, at least 5: padding 0, unknown 1, <see cref="Begin"/>, <see cref="End"/>, and one more.</param>
    /// <param name="sourceLength">The length of every source in tokens, padding included.</param>
    /// <param name="targetLength">The longest target in tokens, with its begin or its end.</param>
    /// <param name="dModel">Numbers per token, even, default 64; 512 in the base layout of the source.</param>
    /// <param name="heads">Divides <paramref name="dModel"/>, default 4; 8 in the base layout.</param>
    /// <param name="layers">The number of layers of encoder and decoder each, default 2; 6 in the base layout.</param>
    /// <param name="feedForward">The width of the hidden layers, default 256; 2048 in the base layout.</param>
    /// <param name="dropout">The share that training leaves out, in [0, 1), default 0; 0.1 in the base layout.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small or absurdly large.</exception>
    /// <exception cref="ArgumentException">A number does not divide as it should.</exception>
    public Seq2SeqTransformer(
        int vocabulary, int sourceLength, int targetLength, int dModel = 64, int heads = 4, int layers = 2, int feedForward = 256, double dropout = 0)
        : base(nameof(Seq2SeqTransformer))
    {
        Vocabulary = Dimension.Check(vocabulary, min: End + 2);
        SourceLength = Dimension.Check(sourceLength);
        TargetLength = Dimension.Check(targetLength);
        DModel = Dimension.Check(dModel);
        Heads = Dimension.Check(heads);
        Layers = Dimension.Check(layers, max: Dimension.MostLayers);
        FeedForward = Dimension.Check(feedForward);
        Dropout = Dimension.CheckShare(dropout);
        if (dModel % 2 != 0) throw new ArgumentException($"Expected an even dModel, for sines and cosines, got {dModel}.", nameof(dModel));

        Dimension.Reserve(vocabulary, dModel);
        token = nn.Embedding(vocabulary, dModel);
        using (no_grad()) nn.init.normal_(token.weight!, 0, 1 / Math.Sqrt(dModel));
        this.dropout = nn.Dropout(dropout);
        encoder = new(nameof(encoder), dModel, layers, () => new PostNormEncoderLayer(dModel, heads, feedForward, dropout));
        decoder = new(nameof(decoder), dModel, layers, () => new PostNormDecoderLayer(dModel, heads, feedForward, dropout));
        Register(("token", token), ("encoder", encoder), ("decoder", decoder), ("dropout", this.dropout));
    }

    /// <summary>The number of different tokens.</summary>
    public int Vocabulary { get; }

    /// <summary>The length of every source in tokens, padding included.</summary>
    public int SourceLength { get; }

    /// <summary>The longest target in tokens.</summary>
    public int TargetLength { get; }

    /// <summary>Numbers per token.</summary>
    public int DModel { get; }

    /// <summary>The number of attention heads per layer.</summary>
    public int Heads { get; }

    /// <summary>The number of layers of encoder and decoder each.</summary>
    public int Layers { get; }

    /// <summary>The width of the hidden layers.</summary>
    public int FeedForward { get; }

    /// <summary>The share that training leaves out.</summary>
    public double Dropout { get; }

    /// <inheritdoc/>
    public override InputSpec Input => InputSpec.Tokens(Vocabulary);

    /// <inheritdoc/>
    public override int Outputs => Vocabulary;

    /// <inheritdoc/>
    public override bool PredictsTokens => true;

    /// <inheritdoc/>
    public Tensor Table => token.weight!;

    /// <inheritdoc/>
    public Tensor Embed(Tensor tokens)
    {
        CheckLength(Input, tokens);
        return token.call(tokens);
    }

    /// <inheritdoc/>
    /// <returns>Shape <c>[N, T − sourceLength, vocabulary]</c>.</returns>
    public Tensor FromEmbedding(Tensor embedded, Tensor tokens)
    {
        CheckLength(new InputSpec([-1, DModel]), embedded);
        using var scope = NewDisposeScope();
        var written = tokens.shape[1] - SourceLength;
        var sourcePadding = Padding(tokens.narrow(1, 0, SourceLength));
        var memory = Encode(embedded.narrow(1, 0, SourceLength), sourcePadding);
        return Decode(embedded.narrow(1, SourceLength, written), Padding(tokens.narrow(1, SourceLength, written)), memory, sourcePadding).MoveToOuterDisposeScope();
    }

    /// <summary>Maps sources, each followed by what is written of its target, to the logits of each next token of the target.</summary>
    /// <param name="inputs">Tokens of shape <c>[N, sourceLength + T]</c>, <c>Int64</c>, T from 1 to targetLength; 0 is padding.</param>
    /// <returns>Shape <c>[N, T, vocabulary]</c>.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public override Tensor forward(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return FromEmbedding(Embed(inputs), inputs).MoveToOuterDisposeScope();
    }

    /// <summary>Writes the target of one source.</summary>
    /// <param name="source">Tokens of shape <c>[sourceLength]</c>, <c>Int64</c>, padded at the end.</param>
    /// <param name="search">How to look for the likeliest target; of width 1 it takes the likeliest token each time.</param>
    /// <param name="cancellation">Ends it between two tokens.</param>
    /// <returns>The targets that were found, the best first, without begin and end.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public IReadOnlyList<Hypothesis> Translate(Tensor source, BeamSearch search, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(search);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var mode = EvaluationMode.Of(this);
        var rows = source.unsqueeze(0);
        new InputSpec([SourceLength]).CheckShape(rows);
        var padding = Padding(rows);
        var memory = Encode(token.call(rows), padding);             // once for the whole search
        return search.Run(Next, Begin, End, TargetLength, cancellation);

        Tensor Next(Tensor written)
        {
            var n = written.shape[0];
            var hidden = Padding(written);
            return Decode(token.call(written), hidden, memory.expand(n, -1, -1), padding.expand(n, -1, -1, -1)).select(1, -1);
        }
    }

    private Tensor Encode(Tensor embedded, Tensor hidden) => encoder.Run(Place(embedded), (layer, x) => layer.call(x, hidden));

    private Tensor Decode(Tensor embedded, Tensor hidden, Tensor memory, Tensor hiddenMemory)
    {
        var length = embedded.shape[1];
        var unseen = hidden.logical_or(ones([length, length], ScalarType.Bool).triu(1));
        var x = decoder.Run(Place(embedded), (layer, x) => layer.forward(x, memory, unseen, hiddenMemory));
        return nn.functional.linear(x, Table);
    }

    /// <summary>Scales embeddings and adds the sines of their places.</summary>
    private Tensor Place(Tensor embedded)
    {
        var angles = CausalSelfAttention.Rotation(0, embedded.shape[1], DModel);
        var waves = stack([angles.imag, angles.real], -1).flatten(1);
        return dropout.call((embedded * Math.Sqrt(DModel)) + waves);
    }

    /// <summary>Shape <c>[N, 1, 1, T]</c>, true at padding, but nowhere in a row that is nothing else: softmax over nothing would be NaN.</summary>
    private static Tensor Padding(Tensor tokens)
    {
        var padding = tokens.eq(0);
        return padding.logical_and(padding.all(1, keepdim: true).logical_not()).unsqueeze(1).unsqueeze(1);
    }

    private void CheckLength(InputSpec contract, Tensor inputs)
    {
        Sequence.Check(contract, inputs, (long)SourceLength + TargetLength);
        if (inputs.shape[1] <= SourceLength)
            throw new ArgumentException($"Expected a source of {SourceLength} tokens and at least one of the target, got {inputs.shape[1]} tokens. Pad the source.", nameof(inputs));
    }
}
