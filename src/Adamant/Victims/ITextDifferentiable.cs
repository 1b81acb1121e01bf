using Adamant.Texts;

namespace Adamant.Victims;

/// <summary>White box of texts: shows its tokens and its embeddings, and gradients flow from the logits back to them.</summary>
public interface ITextDifferentiable : ITextScoring, IEmbedding
{
    /// <summary>How texts become tokens.</summary>
    TextEncoding Encoding { get; }
}
