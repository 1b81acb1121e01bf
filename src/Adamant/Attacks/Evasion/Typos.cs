using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// DeepWordBug: typing errors in the words that matter most to the victim. Swaps two letters, drops one, doubles one, or hits the key beside it.
/// </summary>
/// <remarks>
/// A person reads over them; a model that numbers words sees a word that it does not know (or, by luck, another word), so against such a model this is deletion in
/// disguise, and a spelling corrector in front of it undoes most of it. The first letter stays, as readers hold on to it. Under <see cref="NearWordEdits"/> it finds
/// nothing: an unknown word is near none. Cost per text: one query per word, and up to <see cref="Candidates"/> per edit.
/// Source: Gao, Lanchantin, Soffa, Qi, "Black-Box Generation of Adversarial Text Sequences to Evade Deep Learning Classifiers", IEEE SPW 2018, arXiv:1801.04354, §3;
/// the fixed first letter: Pruthi, Dhingra, Lipton, "Combating Adversarial Misspellings with Robust Word Recognition", ACL 2019, arXiv:1905.11268, §3.
/// </remarks>
public sealed record Typos : ITextEvasion<ITextScoring>
{
    private static readonly string[] Keyboard = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    /// <summary>How many random errors are tried per word; at least 1, 8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Candidates
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Candidates), value, "Expected at least 1 candidate.");
    } = 8;

    /// <inheritdoc/>
    public IReadOnlyList<string> Perturb(
        ITextScoring victim, IReadOnlyList<string> texts, Tensor labels, TextThreat threat, Run run, CancellationToken cancellation)
    {
        SplitMix[] streams = [.. texts.Select((_, row) => SplitMix.Of(run.Seed, row))];
        return WordByWord.Search(victim, texts, new TextGoals(labels, threat), threat, (row, word) => Variants(word, streams[row]), run, cancellation);
    }

    /// <summary>Longer ones are no words that somebody types, and their variants would fill the memory.</summary>
    private const int LongestWord = 100;

    /// <summary>A sample of the errors that one slip of the hand makes of a word.</summary>
    private IEnumerable<string> Variants(string word, SplitMix random)
    {
        if (word.Length > LongestWord) return [];
        var all = All(word).Where(v => v != word).Distinct().ToArray();
        for (var i = 0; i < Math.Min(Candidates, all.Length); i++)                      // the first few of a shuffle
        {
            var j = i + random.Below(all.Length - i);
            (all[i], all[j]) = (all[j], all[i]);
        }
        return all.Take(Candidates);
    }

    private static IEnumerable<string> All(string word)
    {
        for (var i = 1; i < word.Length; i++)
        {
            if (!char.IsAsciiLetter(word[i])) continue;
            if (i + 1 < word.Length && char.IsAsciiLetter(word[i + 1])) yield return $"{word[..i]}{word[i + 1]}{word[i]}{word[(i + 2)..]}";
            yield return word.Remove(i, 1);
            yield return word.Insert(i, $"{word[i]}");
            foreach (var near in Neighbors(word[i])) yield return $"{word[..i]}{near}{word[(i + 1)..]}";
        }
    }

    /// <summary>The keys left and right of a letter, in its case.</summary>
    private static IEnumerable<char> Neighbors(char letter)
    {
        var small = char.ToLowerInvariant(letter);
        var row = Keyboard.First(r => r.Contains(small, StringComparison.Ordinal));
        var at = row.IndexOf(small, StringComparison.Ordinal);
        foreach (var i in new[] { at - 1, at + 1 })
        {
            if (i >= 0 && i < row.Length) yield return char.IsUpper(letter) ? char.ToUpperInvariant(row[i]) : row[i];
        }
    }
}
