using Adamant.Victims;

namespace Adamant.Explaining;

/// <summary>How much each token of a text adds to a score, by two methods, in the space of the embeddings.</summary>
/// <remarks>
/// A token's number is the sum over its embedding. The baseline is a text of the same length whose every token is replaced; see <see cref="TokenBaseline"/>. A text
/// of such baselines is nothing that the network was trained on, and what it scores there is part of the answer: <see cref="Attribution.BaselineScore"/>.
/// </remarks>
public sealed record TokenSaliency
{
    /// <summary>The class whose logit is explained.</summary>
    public required int Output { get; init; }

    /// <summary>What stands for "no token".</summary>
    public required TokenBaseline Baseline { get; init; }

    /// <summary>One number per token; sums to the difference of the scores within <see cref="Gap"/>.</summary>
    public required IReadOnlyList<double> IntegratedGradients { get; init; }

    /// <summary>One number per token, from the slope at the text alone.</summary>
    public required IReadOnlyList<double> GradientTimesInput { get; init; }

    /// <summary>The logit of the text.</summary>
    public required double Score { get; init; }

    /// <summary>The logit of the baseline.</summary>
    public required double BaselineScore { get; init; }

    /// <summary>The gradients that were averaged.</summary>
    public required int Steps { get; init; }

    /// <summary>What the integrated gradients miss of the difference of the scores.</summary>
    public required double Gap { get; init; }

    /// <summary>Whether the gap is within the tolerance of the method.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Explains one text.</summary>
    /// <param name="network">A network of tokens, in evaluation mode, or a victim, which always is.</param>
    /// <param name="tokens">Shape <c>[1, T]</c>, <c>Int64</c>, without padding.</param>
    /// <param name="output">The class whose logit is explained.</param>
    /// <param name="baseline">What stands for "no token".</param>
    /// <param name="method">Steps and tolerance; the defaults when null.</param>
    /// <param name="cancellation">Stops between two calls of the network.</param>
    /// <exception cref="ArgumentException">Not one text.</exception>
    public static TokenSaliency Of(
        IEmbedding network, Tensor tokens, int output, TokenBaseline baseline = TokenBaseline.Zero, IntegratedGradients? method = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.shape is not [1, > 0]) throw new ArgumentException($"Expected one text, shape [1, T], got [{string.Join(", ", tokens.shape)}].", nameof(tokens));
        using var scope = NewDisposeScope();
        var text = network.Embed(tokens).detach()[0];
        var nothing = baseline == TokenBaseline.Zero ? zeros_like(text) : network.Table.detach()[0].expand_as(text);
        var integrated = (method ?? new IntegratedGradients()).Explain(Score, text, nothing, cancellation);
        var local = Explaining.GradientTimesInput.Explain(Score, text, nothing);
        return new TokenSaliency
        {
            Output = output,
            Baseline = baseline,
            IntegratedGradients = integrated.PerStep(),
            GradientTimesInput = local.PerStep(),
            Score = integrated.Score,
            BaselineScore = integrated.BaselineScore,
            Steps = integrated.Steps,
            Gap = integrated.Gap,
            IsComplete = integrated.IsComplete,
        };

        Tensor Score(Tensor points) => network.FromEmbedding(points, tokens.expand(points.shape[0], -1)).select(1, output);
    }
}
