using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>A network of tokens as a white box of one batch of embedded texts: what moves numbers can move embeddings.</summary>
/// <param name="network">Not owned.</param>
/// <param name="tokens">The texts, shape <c>[N, T]</c>; only says where padding is.</param>
/// <param name="size">The numbers per token.</param>
internal sealed class EmbeddedVictim(IEmbedding network, Tensor tokens, long size) : IDifferentiable
{
    public InputSpec Input { get; } = new([tokens.shape[1], size]);

    public Tensor Logits(Tensor inputs) => network.FromEmbedding(inputs, tokens);

    public Tensor Predict(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return Logits(inputs).argmax(1).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
    }
}
