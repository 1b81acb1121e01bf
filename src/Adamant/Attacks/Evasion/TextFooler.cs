using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// TextFooler: replaces the words that matter most to the victim by words of near meaning; asks for scores only.
/// <code>importance(t) = drop of the score without word t;   x ← argmax_{v : cos(v, x_t) ≥ c} L(x with v at t)</code>
/// </summary>
/// <remarks>
/// Where the threat is <see cref="NearWordEdits"/>, its words and vectors are used. Under another threat the vectors are <see cref="Vectors"/>, and without those the
/// embeddings of the victim, if it shows them: then the attack is weak, since a network places words of one effect side by side. The paper's filters for parts of
/// speech and sentence similarity are left out: no model of language is needed, and the harness can judge what is left. Finds no insertions or deletions. Without
/// randomness. Cost per text: one query per word, and up to <see cref="Candidates"/> per edit.
/// Source: Jin, Jin, Zhou, Szolovits, "Is BERT Really Robust? A Strong Baseline for Natural Language Attack on Text Classification and Entailment", AAAI 2020,
/// arXiv:1907.11932, Algorithm 1.
/// </remarks>
public sealed record TextFooler : ITextEvasion<ITextScoring>
{
    /// <summary>The most substitutes per word; at least 1, 50 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Candidates
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Candidates), value, "Expected at least 1 candidate.");
    } = 50;

    /// <summary>The least cosine between a word and its substitute, from −1 to 1; 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of [−1, 1].</exception>
    public double MinCosine
    {
        get;
        init => field = value is >= -1 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MinCosine), value, "Expected a cosine from -1 to 1.");
    } = 0.5;

    /// <summary>Where words are; null for those of the threat, or of the victim.</summary>
    public WordVectors? Vectors { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no word vectors: neither here, nor in the threat, nor in the victim.</exception>
    public IReadOnlyList<string> Perturb(
        ITextScoring victim, IReadOnlyList<string> texts, Tensor labels, TextThreat threat, Run run, CancellationToken cancellation)
    {
        var vectors = Vectors ?? (threat.Edits as NearWordEdits)?.Vectors ?? (victim is ITextDifferentiable white ? WordVectors.Of(white.Encoding, white.Table) : null)
            ?? throw new ArgumentException("Expected word vectors to find substitutes with, got none. Set Vectors, or use the threat NearWordEdits.", nameof(victim));
        var found = false;
        var moved = WordByWord.Search(
            victim, texts, new TextGoals(labels, threat), threat,
            (_, word) =>
            {
                var substitutes = (threat.Edits.Substitutes(word)?.Take(Candidates) ?? vectors.Nearest(word, Candidates, MinCosine)).Where(IsOneWord).ToList();
                found |= substitutes.Count > 0;
                return substitutes;
            },
            run, cancellation);
        if (!found && texts.Any(text => threat.Edits.Allowed(text) > 0))
        {
            run.Warn?.Invoke(new AttackWarning(
                "no-substitutes",
                "TextFooler found no word of near meaning for any word that it looked at, so a whole batch was not attacked at all. Lower min-cosine or --similar, or give it other word vectors."));
        }
        return moved;
    }

    private static bool IsOneWord(string word) => Words.Of(word) is [var only] && only == word;
}
