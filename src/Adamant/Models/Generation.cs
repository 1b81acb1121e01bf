using Adamant.Victims;

namespace Adamant.Models;

/// <summary>
/// How a language network writes on: one token after the other, each chosen from what the network expects after all before it.
/// <code>p = softmax(logits / temperature), without all but the k largest, without all behind the first whose sum reaches p</code>
/// </summary>
/// <remarks>
/// The same seed gives the same tokens on the same machine. When a text reaches the network's longest, the network goes on from its last half.
/// Source: top-k: Fan, Lewis, Dauphin, ACL 2018, arXiv:1805.04833; top-p: Holtzman et al., "The curious case of neural text degeneration", ICLR 2020,
/// arXiv:1904.09751.
/// </remarks>
public sealed record Generation
{
    /// <summary>The most tokens that are written, at least 1; 256 by default.</summary>
    public int Tokens { get; init; } = 256;

    /// <summary>How flat the distribution becomes, at least 0; 0 always takes the likeliest token, 1 (the default) leaves it as it is.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>How many of the likeliest tokens are in question, at least 1; null (the default) for all.</summary>
    public int? TopK { get; init; }

    /// <summary>The share of probability that the likeliest tokens in question must reach, in (0, 1]; 1 (the default) for all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>The seed of the choices; 0 by default.</summary>
    public int Seed { get; init; }

    /// <summary>The token that ends the text, and is not returned; null (the default) for none.</summary>
    public int? Stop { get; init; }

    /// <summary>Whether each token is read only once; otherwise the whole text is read for each new token, for comparison. Yes by default.</summary>
    public bool Cache { get; init; } = true;

    /// <summary>Writes on, lazily: each token is computed when it is asked for.</summary>
    /// <param name="network">In evaluation mode while tokens are read.</param>
    /// <param name="prompt">At least one token; of a text that is too long the end counts.</param>
    /// <param name="cancellation">Ends it before the next token.</param>
    /// <returns>The new tokens, without the prompt.</returns>
    /// <exception cref="ArgumentException">A value is outside its range, or the prompt is empty or has tokens that the network does not know.</exception>
    public IEnumerable<int> Continue(LanguageNetwork network, IReadOnlyList<int> prompt, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(prompt);
        Check();
        if (prompt.Count == 0) throw new ArgumentException("Expected a prompt of at least one token, got none.", nameof(prompt));
        if (prompt.Any(t => t < 0 || t >= network.Vocabulary))
            throw new ArgumentException($"Expected tokens in 0..{network.Vocabulary - 1}, got another. Use the tokenizer that the model was trained with.", nameof(prompt));
        return Write(network, prompt, cancellation);
    }

    /// <summary>The probabilities from which the next token is drawn.</summary>
    /// <param name="logits">Shape <c>[V]</c>.</param>
    /// <returns>Shape <c>[V]</c>, with the sum 1; a single 1 at temperature 0.</returns>
    public Tensor Distribution(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        if (Temperature == 0) return zeros_like(logits).index_fill_(0, logits.argmax(0, keepdim: true), 1).MoveToOuterDisposeScope();
        var (sorted, order) = logits.sub(logits.max()).to_type(ScalarType.Float64).div(Temperature).to_type(ScalarType.Float32).sort(0, descending: true, stable: true);
        if (TopK is { } k && k < logits.shape[0]) sorted.narrow(0, k, logits.shape[0] - k).fill_(double.NegativeInfinity);
        var p = sorted.softmax(0);
        if (TopP < 1) p = p * (p.cumsum(0) - p).lt(TopP);       // those before it have not reached the share yet
        return zeros_like(p).index_copy_(0, order, p / p.sum(dim: 0, keepdim: true)).MoveToOuterDisposeScope();
    }

    /// <summary>Refuses values outside their ranges.</summary>
    /// <exception cref="ArgumentException">Says which, and what it may be.</exception>
    public void Check()
    {
        Expect(Tokens >= 1, nameof(Tokens), "at least 1", Tokens);
        Expect(Temperature >= 0 && double.IsFinite(Temperature), nameof(Temperature), "at least 0", Temperature);
        Expect(TopK is null or >= 1, nameof(TopK), "at least 1", TopK);
        Expect(TopP is > 0 and <= 1, nameof(TopP), "above 0 and at most 1", TopP);
    }

    private IEnumerable<int> Write(LanguageNetwork network, IReadOnlyList<int> prompt, CancellationToken cancellation)
    {
        using var mode = EvaluationMode.Of(network);
        using var generator = new Generator((uint)Seed, CPU);
        using var memory = new LanguageMemory();
        var text = prompt.TakeLast(network.MaxLength).ToList();
        for (var i = 0; i < Tokens; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (text.Count > network.MaxLength)
            {
                text.RemoveRange(0, text.Count - Math.Max(1, network.MaxLength / 2));
                memory.Clear();
            }
            var next = Next(network, text, memory, generator);
            if (next == Stop) yield break;
            yield return next;
            text.Add(next);
        }
    }

    private int Next(LanguageNetwork network, List<int> text, LanguageMemory memory, Generator generator)
    {
        using var scope = NewDisposeScope();                    // none may stay open while the caller holds a token
        using var inference = inference_mode();                 // without the bookkeeping of gradients
        var unread = tensor([.. text.Skip(Cache ? (int)memory.Length : 0).Select(t => (long)t)], [1, text.Count - (Cache ? memory.Length : 0)]);
        var logits = (Cache ? network.Continue(unread, memory) : network.call(unread))[0, -1];
        return (int)(Temperature == 0 ? logits.argmax(0) : Distribution(logits).multinomial(1, generator: generator)).item<long>();
    }

    private static void Expect(bool holds, string name, string expected, object? got)
    {
        if (!holds) throw new ArgumentException($"Expected {name} {expected}, got {got}.", name);
    }
}
