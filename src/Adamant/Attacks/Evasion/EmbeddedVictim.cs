using Adamant.Texts;
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

    /// <summary>A ball in which padding never moves: its rows are exactly zero in every direction, projection and sample.</summary>
    /// <param name="Inner">Measures each text's move.</param>
    /// <param name="Real">1 at tokens and 0 at padding, shape <c>[N, T, 1]</c>.</param>
    internal sealed record Unpadded(Ball Inner, Tensor Real) : Ball(Inner.Radius)
    {
        /// <summary>For the tokens of a batch.</summary>
        public static Unpadded Of(Ball inner, Tensor tokens) => new(inner, tokens.ne(TextEncoding.Padding).unsqueeze(-1).to_type(ScalarType.Float32));

        public override string Norm => Inner.Norm;

        public override Tensor Steepest(Tensor gradient) => Apply(gradient, Inner.Steepest);

        public override Tensor Project(Tensor delta) => Apply(delta, Inner.Project);

        public override Tensor Measure(Tensor delta) => Inner.Measure(delta);

        public override Tensor Sample(Tensor like, Generator generator) => Apply(like, _ => Inner.Project(Inner.Sample(like, generator) * Real));

        private Tensor Apply(Tensor values, Func<Tensor, Tensor> inside)
        {
            using var scope = NewDisposeScope();
            return inside(values * Real).mul_(Real).MoveToOuterDisposeScope();
        }
    }
}
