using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// The search that attacks by scores share: words in the order of what their deletion costs the victim, each replaced by the variant that serves the attacker most,
/// until the attacker has what is wanted or the edits are used up.
/// <code>importance(t) = margin(x without word t) − margin(x);   x ← argmax over variants v of margin(x with v at t), where it grows</code>
/// </summary>
internal static class WordByWord
{
    private const int Horizon = 512;                            // words of a text that are looked at: what comes later, few models read

    /// <summary>Runs the search over all texts in lockstep, so that the victim is asked about many at once.</summary>
    /// <param name="victim">The model under attack.</param>
    /// <param name="texts">Each with at least one word.</param>
    /// <param name="goals">What is wanted.</param>
    /// <param name="threat">What is allowed.</param>
    /// <param name="variants">What may stand in place of a word of the text with the given number; the first of those that win is taken.</param>
    /// <param name="run">Progress.</param>
    /// <param name="cancellation">Obeyed before each query.</param>
    public static IReadOnlyList<string> Search(
        ITextScoring victim, IReadOnlyList<string> texts, TextGoals goals, TextThreat threat, Func<int, string, IEnumerable<string>> variants, Run run, CancellationToken cancellation)
    {
        var passages = texts.Select(t => new Passage(t)).ToArray();
        var margins = TextQueries.Margins(victim, texts.Select((t, row) => (row, t)), goals, cancellation);
        var open = Enumerable.Range(0, texts.Count).Where(row => margins[row] <= 0 && threat.Edits.Allowed(texts[row]) > 0).ToList();
        var orders = Orders(victim, passages, open, goals, cancellation);
        var steps = open.Count == 0 ? 0 : open.Max(row => orders[row].Length);
        for (var step = 1; step <= steps; step++)
        {
            open.RemoveAll(row => margins[row] > 0 || step > orders[row].Length || IsUsedUp(threat.Edits, texts[row], passages[row]));
            var moves = open.SelectMany(row => Moves(row, orders[row][step - 1])).ToList();
            if (moves.Count == 0) continue;
            var scores = TextQueries.Margins(victim, moves.Select(m => (m.Row, m.Passage.ToString())), goals, cancellation);
            foreach (var group in moves.Zip(scores).GroupBy(m => m.First.Row))
            {
                var won = group.Where(m => m.Second > 0).Take(1).ToList();
                var (move, margin) = won.Count > 0 ? won[0] : group.MaxBy(m => m.Second);
                if (margin > margins[group.Key]) (passages[group.Key], margins[group.Key]) = (move.Passage, margin);
            }
            run.Progress?.Report(new AttackStep(step, steps, margins.Average()));
        }
        return [.. passages.Select(p => p.ToString())];

        IEnumerable<(int Row, Passage Passage)> Moves(int row, int position) =>
            variants(row, passages[row].Words[position]).Where(v => v != passages[row].Words[position]).Distinct()
                .Select(v => (Row: row, Passage: passages[row].With(position, v)))
                .Where(m => threat.Admits(texts[row], m.Passage.ToString()));
    }

    /// <summary>The positions of the words of each text, the most important first.</summary>
    private static Dictionary<int, int[]> Orders(ITextScoring victim, Passage[] passages, List<int> rows, TextGoals goals, CancellationToken cancellation)
    {
        var deletions = rows.SelectMany(row => Enumerable.Range(0, passages[row].Words.Count > 1 ? Math.Min(Horizon, passages[row].Words.Count) : 0)
            .Select(t => (Row: row, Position: t))).ToList();
        var scores = TextQueries.Margins(victim, deletions.Select(d => (d.Row, passages[d.Row].Without(d.Position))), goals, cancellation);
        var ranked = deletions.Zip(scores).GroupBy(d => d.First.Row)
            .ToDictionary(g => g.Key, g => g.OrderByDescending(d => d.Second).Select(d => d.First.Position).ToArray());
        return rows.ToDictionary(row => row, row => ranked.GetValueOrDefault(row, [0]));
    }

    private static bool IsUsedUp(Edits edits, string original, Passage now) =>
        now.IsChanged && edits.Measure(original, now.ToString()) >= edits.Allowed(original);
}
