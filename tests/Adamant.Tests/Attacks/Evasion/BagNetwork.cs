using Adamant.Models;
using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

/// <summary>A network of texts that can be computed in the head: each word votes, logits are the sums. f(x) = Σ_t table[x_t], padding left out.</summary>
internal sealed class BagNetwork : TextNetwork
{
    private readonly TorchSharp.Modules.Embedding votes;

    private BagNetwork(float[] table, int classes) : base(nameof(BagNetwork))
    {
        votes = nn.Embedding(table.Length / classes, classes);
        using (no_grad()) votes.weight!.copy_(tensor(table, [table.Length / classes, classes]));
        Register(("votes", votes));
    }

    public override InputSpec Input => InputSpec.Tokens(Table.shape[0]);

    public override int Outputs => (int)Table.shape[1];

    public override Tensor Table => votes.weight!;

    public override Tensor Embed(Tensor tokens) => votes.call(tokens);

    public override Tensor FromEmbedding(Tensor embedded, Tensor tokens)
    {
        using var scope = NewDisposeScope();
        return (embedded * tokens.ne(0).unsqueeze(-1)).sum(dim: 1).MoveToOuterDisposeScope();
    }

    /// <summary>Two classes: a word's number is what it adds to the score of class 1 and takes from class 0.</summary>
    public static (BagNetwork Network, TextEncoding Encoding) Of(params (string Word, float Vote)[] words)
    {
        var encoding = new TextEncoding { Splitting = Splitting.Words, Vocabulary = ["<pad>", "<unk>", .. words.Select(w => w.Word)] };
        return (new BagNetwork([0, 0, 0, 0, .. words.SelectMany(w => new[] { -w.Vote, w.Vote })], 2), encoding);
    }
}
