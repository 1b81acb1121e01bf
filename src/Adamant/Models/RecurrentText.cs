using Adamant.Victims;
using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>What recurrent classifiers of texts share: token embeddings, a stack of recurrent layers, and a linear layer on what they remember.</summary>
/// <remarks>
/// Token 0 behind the last other token of a text is padding: it is never read, so that padding changes no logit. A text of nothing else is read as
/// one token 0.
/// </remarks>
public abstract class RecurrentText : TextNetwork
{
    private readonly Embedding embedding;
    private readonly nn.Module stack;
    private readonly Linear classifier;
    private readonly Dropout dropout, inputDropout;

    /// <summary>Builds the parts in the order in which PyTorch would draw their weights.</summary>
    private protected RecurrentText(
        string name, string stackName, Func<nn.Module> build, int vocabulary, int embedding, int hidden, int classes, int layers, bool bidirectional,
        double dropout, double inputDropout, bool mean, double embeddingScale) : base(name)
    {
        Vocabulary = Dimension.Check(vocabulary, min: 2);
        Embedding = Dimension.Check(embedding);
        Hidden = Dimension.Check(hidden);
        Classes = Dimension.Check(classes);
        Layers = Dimension.Check(layers, max: Dimension.MostLayers);
        Bidirectional = bidirectional;
        Dropout = Dimension.CheckShare(dropout);
        InputDropout = Dimension.CheckShare(inputDropout);
        Mean = mean;
        EmbeddingScale = embeddingScale is > 0 and <= 1 ? embeddingScale
            : throw new ArgumentOutOfRangeException(nameof(embeddingScale), $"Expected embeddingScale in (0, 1], got {embeddingScale}.");

        var width = (bidirectional ? 2 : 1) * hidden;
        Dimension.Reserve(vocabulary, embedding);
        Dimension.Reserve(width, classes);
        this.embedding = nn.Embedding(vocabulary, embedding);
        if (embeddingScale < 1) Initial.Scale(this.embedding.weight!, embeddingScale);
        stack = build();
        classifier = nn.Linear(width, classes);
        this.dropout = nn.Dropout(dropout);
        this.inputDropout = nn.Dropout(inputDropout);
        Register(
            ("embedding", this.embedding), (stackName, stack), ("classifier", classifier), ("dropout", this.dropout), ("inputDropout", this.inputDropout));
    }

    /// <summary>The number of different tokens.</summary>
    public int Vocabulary { get; }

    /// <summary>Numbers per token.</summary>
    public int Embedding { get; }

    /// <summary>The size of the state of one direction.</summary>
    public int Hidden { get; }

    /// <summary>The number of outputs.</summary>
    public int Classes { get; }

    /// <summary>The number of recurrent layers, each reading the states of the one before.</summary>
    public int Layers { get; }

    /// <summary>Whether each layer also reads from the end.</summary>
    public bool Bidirectional { get; }

    /// <summary>The share of what the classifier reads, and of the states between layers, that is dropped in training.</summary>
    public double Dropout { get; }

    /// <summary>The share of the embedded numbers that is dropped in training.</summary>
    public double InputDropout { get; }

    /// <summary>Whether the classifier reads the mean of all states, not the last.</summary>
    public bool Mean { get; }

    /// <summary>The deviation of the embeddings before training.</summary>
    public double EmbeddingScale { get; }

    /// <inheritdoc/>
    public override InputSpec Input => InputSpec.Tokens(Vocabulary);

    /// <inheritdoc/>
    public override int Outputs => Classes;

    /// <inheritdoc/>
    public override Tensor Table => embedding.weight!;

    /// <inheritdoc/>
    public override Tensor Embed(Tensor tokens)
    {
        Sequence.Check(Input, tokens);
        return embedding.call(tokens);
    }

    /// <inheritdoc/>
    public override Tensor FromEmbedding(Tensor embedded, Tensor tokens)
    {
        Sequence.Check(new InputSpec([-1, Embedding]), embedded);
        new InputSpec([embedded.shape[1]]).CheckShape(tokens);
        using var scope = NewDisposeScope();
        var steps = arange(1, tokens.shape[1] + 1);
        var lengths = (tokens.ne(0) * steps).amax([1]).clamp_min(1);
        var states = Recurrence.States(stack, inputDropout.call(embedded), lengths, Bidirectional);
        var memory = Mean ? MeanOf(states, steps <= lengths.unsqueeze(1)) : Recurrence.Final(states, lengths, Bidirectional);
        return classifier.call(dropout.call(memory)).MoveToOuterDisposeScope();
    }

    private static Tensor MeanOf(Tensor states, Tensor real)
    {
        var weights = real.unsqueeze(-1).to_type(states.dtype);
        return (states * weights).sum(dim: 1) / weights.sum(dim: 1);
    }
}
