namespace Adamant.Texts;

/// <summary>The tokenizer of a language model that Adamant trained: texts have no beginning and no end of their own.</summary>
/// <param name="encoding">The one that the network was trained with.</param>
public sealed class EncodingTokenizer(TextEncoding encoding) : ITokenizer
{
    private readonly TextEncoding encoding = encoding with { MaxLength = TextEncoding.Limit };      // a long prompt is cut where the network wants it

    /// <inheritdoc/>
    public int? Stop => null;

    /// <inheritdoc/>
    public IReadOnlyList<int> Encode(string text)
    {
        var tokens = encoding.Tokenize(text);
        return tokens.Count > 0 ? [.. tokens.Select(t => t.Id)] : throw new ArgumentException("Expected a prompt of at least one token, got none. Write the beginning of a text.", nameof(text));
    }

    /// <inheritdoc/>
    /// <remarks>Each token as it reads behind the one before it, so that spaces come out as the splitting has them.</remarks>
    public IEnumerable<string> Decode(IEnumerable<int> tokens, int? after = null)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return Read(tokens, after);
    }

    private IEnumerable<string> Read(IEnumerable<int> tokens, int? before)
    {
        foreach (var token in tokens)
        {
            var alone = encoding.Decode([token]);
            if (before is { } last && encoding.Decode([last]) is var known && encoding.Decode([last, token]) is var both && both.StartsWith(known, StringComparison.Ordinal))
                alone = both[known.Length..];
            if (alone.Length > 0) yield return alone;
            before = token;
        }
    }
}
