using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Imperceptible perturbations: letters that look the same and are others, in the words that matter most to the victim.
/// <code>a → а (U+0430),  e → е (U+0435),  o → о (U+043E) …;   with <see cref="ZeroWidth"/>: ba → b U+200B a</code>
/// </summary>
/// <remarks>
/// A person sees no difference at all; a model that numbers words sees one that it does not know. Folding confusable letters and dropping invisible ones before the
/// model undoes it completely: a model that falls to this needs that step, not training. A character of no width splits a word in two for whoever counts words:
/// budget it by <see cref="CharacterEdits"/>. Without randomness. Cost per text: one query per word, and up to <see cref="Candidates"/> per edit.
/// Source: Boucher, Shumailov, Anderson, Papernot, "Bad Characters: Imperceptible NLP Attacks", IEEE S&amp;P 2022, arXiv:2106.09898, §4; the pairs:
/// Unicode Technical Standard #39, confusables.
/// </remarks>
public sealed record Homoglyphs : ITextEvasion<ITextScoring>
{
    private const char Invisible = '\u200B';
    private const string Plain = "aceijopsxyABCEHIJKMOPSTXY", Alike = "асеіјорѕхуАВСЕНІЈКМОРЅТХҮ";

    /// <summary>How many places are tried per word; at least 1, 4 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Candidates
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Candidates), value, "Expected at least 1 candidate.");
    } = 4;

    /// <summary>Whether to put characters without width between letters as well; no by default.</summary>
    public bool ZeroWidth { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Perturb(
        ITextScoring victim, IReadOnlyList<string> texts, Tensor labels, TextThreat threat, Run run, CancellationToken cancellation) =>
        WordByWord.Search(victim, texts, new TextGoals(labels, threat), threat, (_, word) => Variants(word), run, cancellation);

    private IEnumerable<string> Variants(string word)
    {
        var replaced = Enumerable.Range(0, word.Length).Where(i => Plain.Contains(word[i], StringComparison.Ordinal))
            .Select(i => $"{word[..i]}{Alike[Plain.IndexOf(word[i], StringComparison.Ordinal)]}{word[(i + 1)..]}");
        var split = Enumerable.Range(1, ZeroWidth ? word.Length - 1 : 0).Where(i => !char.IsLowSurrogate(word[i])).Select(i => word.Insert(i, $"{Invisible}"));
        return replaced.Take(Candidates).Concat(split.Take(Candidates));
    }
}
