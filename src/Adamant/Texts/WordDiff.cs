namespace Adamant.Texts;

/// <summary>How one text became another, word by word: what a reader of an attacked text wants to see.</summary>
public static class WordDiff
{
    private const long MostCells = 4_000_000;

    /// <summary>The pieces that were kept, deleted and inserted, white space included.</summary>
    /// <param name="original">The kept and the deleted pieces make it up.</param>
    /// <param name="moved">The kept and the inserted pieces make it up.</param>
    /// <returns>In reading order, what is deleted in front of what is inserted; neighbors of one kind are joined. Texts whose difference is very long are told apart as a whole.</returns>
    public static IReadOnlyList<WordChange> Of(string original, string moved)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(moved);
        var (a, b) = (Pieces(original), Pieces(moved));
        var start = a.Zip(b).TakeWhile(p => p.First == p.Second).Count();
        var end = a.Skip(start).Reverse().Zip(b.Skip(start).Reverse()).TakeWhile(p => p.First == p.Second).Count();
        var changes = a.Take(start).Select(piece => new WordChange(WordChangeKind.Kept, piece))
            .Concat(Between(a[start..^end], b[start..^end]))
            .Concat(a.Skip(a.Count - end).Select(piece => new WordChange(WordChangeKind.Kept, piece)));
        return Join(changes);
    }

    /// <summary>The longest common subsequence of the pieces, and what lies between.</summary>
    private static IEnumerable<WordChange> Between(List<string> a, List<string> b)
    {
        var common = new int[(long)a.Count * b.Count > MostCells ? 1 : a.Count + 1, b.Count + 1];
        if (common.GetLength(0) == a.Count + 1)
        {
            for (var i = a.Count - 1; i >= 0; i--)
            {
                for (var j = b.Count - 1; j >= 0; j--) common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }
        var (x, y) = (0, 0);
        while (x < a.Count || y < b.Count)
        {
            if (x < a.Count && y < b.Count && a[x] == b[y])
            {
                yield return new WordChange(WordChangeKind.Kept, a[x++]);
                y++;
            }
            else if (x < a.Count && (y == b.Count || common.GetLength(0) == 1 || common[x + 1, y] >= common[x, y + 1]))
            {
                yield return new WordChange(WordChangeKind.Deleted, a[x++]);
            }
            else
            {
                yield return new WordChange(WordChangeKind.Inserted, b[y++]);
            }
        }
    }

    /// <summary>Joins neighbors; between two kept pieces, deletions come first.</summary>
    private static List<WordChange> Join(IEnumerable<WordChange> changes)
    {
        var (joined, deleted, inserted) = (new List<WordChange>(), "", "");
        foreach (var change in changes.Append(new WordChange(WordChangeKind.Kept, "")))
        {
            if (change.Kind == WordChangeKind.Deleted) deleted += change.Text;
            else if (change.Kind == WordChangeKind.Inserted) inserted += change.Text;
            else
            {
                if (deleted.Length > 0) joined.Add(new WordChange(WordChangeKind.Deleted, deleted));
                if (inserted.Length > 0) joined.Add(new WordChange(WordChangeKind.Inserted, inserted));
                (deleted, inserted) = ("", "");
                if (change.Text.Length == 0) continue;
                if (joined is [.., { Kind: WordChangeKind.Kept } last]) joined[^1] = last with { Text = last.Text + change.Text };
                else joined.Add(change);
            }
        }
        return joined;
    }

    /// <summary>Words, and the white space between them.</summary>
    private static List<string> Pieces(string text)
    {
        var (pieces, end) = (new List<string>(), 0);
        foreach (var (start, length) in Words.Spans(text))
        {
            if (start > end) pieces.Add(text[end..start]);
            pieces.Add(text.Substring(start, length));
            end = start + length;
        }
        if (end < text.Length) pieces.Add(text[end..]);
        return pieces;
    }
}
