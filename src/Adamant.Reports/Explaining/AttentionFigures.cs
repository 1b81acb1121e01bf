using Adamant.Explaining;
using Adamant.Reports.Figures;

namespace Adamant.Reports.Explaining;

/// <summary>Who looks at whom: the rollout over all blocks, then each head of each block with its entropy.</summary>
internal static class AttentionFigures
{
    public static Html Render(Explanation explanation)
    {
        if (explanation.Sequence is not { Attention: { } maps } sequence) return Html.None;
        return Html.Of(
            $"""
            <p>Each row is a token that looks, each column a token that is looked at; a row sums to 1, and darker is more. The rollout multiplies the blocks, each with
            half of its weight on the token itself, and so estimates which tokens of the text a position was made from. Weights say where a head looks, not what it
            takes from there.</p>
            <figure><figcaption>Rollout over {maps.Weights.Count} blocks</figcaption>
            {TokenMatrix.Draw(maps.Rollout, sequence.Steps, $"Attention rollout. {Most(maps.Rollout, sequence.Steps)}")}</figure>
            <div class="charts">
            {Html.Each(maps.Weights, (heads, block) => Html.Each(heads, (rows, head) => Head(maps, sequence.Steps, block, head)))}
            </div>
            """);
    }

    private static Html Head(AttentionMaps maps, IReadOnlyList<string> tokens, int block, int head)
    {
        var (rows, entropy) = (maps.Weights[block][head], maps.Entropy[block][head]);
        var title = $"Block {block + 1}, head {head + 1}";
        return Html.Of(
            $"""
            <figure>{TokenMatrix.Draw(rows, tokens, $"{title}. {Most(rows, tokens)}")}
            <figcaption>{title}, entropy {entropy:0.00} of {maps.MostEntropy:0.00} nats</figcaption></figure>
            """);
    }

    /// <summary>The token that the average row looks at most.</summary>
    private static string Most(IReadOnlyList<IReadOnlyList<float>> rows, IReadOnlyList<string> tokens)
    {
        var means = Enumerable.Range(0, rows.Count).Select(column => rows.Average(row => row[column])).ToList();
        var most = means.IndexOf(means.Max());
        return $"On average most looked at: {tokens[most]} (position {most + 1}) with {Words.Percent(means[most])}.";
    }
}
