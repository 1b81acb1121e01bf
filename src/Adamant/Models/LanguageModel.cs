using Adamant.Texts;

namespace Adamant.Models;

/// <summary>A language network with its tokenizer: prompts in, text out. Owns the network.</summary>
/// <param name="network">Disposed of with this.</param>
/// <param name="tokenizer">The one that the network was trained with.</param>
public sealed class LanguageModel(LanguageNetwork network, ITokenizer tokenizer) : IDisposable
{
    /// <summary>The network.</summary>
    public LanguageNetwork Network { get; } = network;

    /// <summary>The tokenizer that the network was trained with.</summary>
    public ITokenizer Tokenizer { get; } = tokenizer;

    /// <summary>Writes on after a prompt, piece by piece as it comes; ends where the tokenizer says that texts end.</summary>
    /// <param name="prompt">The beginning of the text.</param>
    /// <param name="generation">How; <see cref="Generation.Stop"/> is the tokenizer's unless it is set.</param>
    /// <param name="cancellation">Ends it before the next token.</param>
    /// <returns>The new text, without the prompt.</returns>
    /// <exception cref="ArgumentException">A value is outside its range, or the prompt has no tokens.</exception>
    public IEnumerable<string> Continue(string prompt, Generation generation, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(generation);
        var tokens = Tokenizer.Encode(prompt);
        return Tokenizer.Decode((generation with { Stop = generation.Stop ?? Tokenizer.Stop }).Continue(Network, tokens, cancellation), tokens[^1]);
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => Network.Dispose();
}
