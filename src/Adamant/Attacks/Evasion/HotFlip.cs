using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// HotFlip: edits one word at a time, where the gradient of the embeddings promises most, and keeps what really helps.
/// <code>argmax_{t, v} ∇ₑₜ L · (e_v − e_t), then insertions (∇ₑₜ L · e_v) and deletions (−∇ₑₜ L · e_t); the best few are asked about</code>
/// </summary>
/// <remarks>
/// The strongest attack on words here, and the least natural: it writes whatever word the model fears. Bound it by <see cref="NearWordEdits"/> for substitutes of near
/// meaning. The first-order estimate is poor where a gradient vanishes (a saturated model, the far end of a long text): raise <see cref="Candidates"/> or compare with
/// <see cref="TextFooler"/>, which needs no gradient. Without randomness: repeating it finds nothing new. Cost per edit and text: <see cref="Beam"/> gradients, and up
/// to 3 · Beam · Candidates forward passes.
/// Source: Ebrahimi, Rao, Lowd, Dou, "HotFlip: White-Box Adversarial Examples for Text Classification", ACL 2018, arXiv:1712.06751, §3.
/// </remarks>
public sealed record HotFlip : ITextEvasion<ITextDifferentiable>
{
    /// <summary>How many edits of each kind are asked about per text and step; at least 1, 12 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Candidates
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Candidates), value, "Expected at least 1 candidate.");
    } = 12;

    /// <summary>How many versions of a text are kept from step to step; 1, the default, is greedy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Beam
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Beam), value, "Expected a beam of at least 1.");
    } = 1;

    /// <summary>Whether words may be inserted; yes by default.</summary>
    public bool Insertions { get; init; } = true;

    /// <summary>Whether words may be deleted; yes by default.</summary>
    public bool Deletions { get; init; } = true;

    /// <inheritdoc/>
    public IReadOnlyList<string> Perturb(
        ITextDifferentiable victim, IReadOnlyList<string> texts, Tensor labels, TextThreat threat, Run run, CancellationToken cancellation)
    {
        using var noGrad = no_grad();
        var goals = new TextGoals(labels, threat);
        int[] most = [.. texts.Select(threat.Edits.Allowed)];
        var beams = texts.Select(t => new List<(string Text, float Margin)> { (t, float.NegativeInfinity) }).ToArray();
        var open = Enumerable.Range(0, texts.Count).ToList();
        var steps = most.Max();
        for (var step = 1; step <= steps; step++)
        {
            open.RemoveAll(row => step > most[row] || beams[row].Count == 0 || beams[row][0].Margin > 0);
            if (open.Count == 0) break;
            var now = open.SelectMany(row => beams[row].Select(b => (Row: row, b.Text))).ToList();
            var (flips, loss, margins) = Flips.Of(
                victim, [.. now.Select(n => n.Text)], [.. now.Select(n => n.Row)], goals, threat.Edits, Candidates, cancellation);
            run.Progress?.Report(new AttackStep(step, steps, loss / now.Count));

            var moves = now.SelectMany((n, i) => margins[i] > 0 ? [] : flips[i].Where(Wanted).Select(f => (n.Row, Text: Apply(victim.Encoding, n.Text, f))))
                .Distinct().Where(m => threat.Admits(texts[m.Row], m.Text)).ToList();
            var scores = TextQueries.Margins(victim, moves, goals, cancellation);
            var standing = now.Select((n, i) => (n.Row, n.Text, Margin: margins[i]));
            foreach (var group in standing.Concat(moves.Select((m, i) => (m.Row, m.Text, Margin: scores[i]))).GroupBy(c => c.Row))
                beams[group.Key] = [.. group.OrderByDescending(c => c.Margin).Take(Beam).Select(c => (c.Text, c.Margin))];
            var moved = moves.Select(m => m.Row).ToHashSet();
            open.RemoveAll(row => !moved.Contains(row));
        }
        return [.. beams.Select(b => b[0].Text)];
    }

    private bool Wanted(Flip flip) => flip.Kind switch
    {
        FlipKind.Insert => Insertions,
        FlipKind.Delete => Deletions,
        _ => true,
    };

    private static string Apply(TextEncoding encoding, string text, Flip flip)
    {
        var place = encoding.Tokenize(text)[flip.Position];
        return flip.Kind switch
        {
            FlipKind.Insert => Words.Insert(text, place.Start, encoding.Vocabulary[flip.Token]),
            FlipKind.Delete => Words.Delete(text, place.Start, place.Length),
            _ => Words.Replace(text, place.Start, place.Length, encoding.Vocabulary[flip.Token]),
        };
    }
}
