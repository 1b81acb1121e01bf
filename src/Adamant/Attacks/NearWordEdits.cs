using System.Globalization;
using Adamant.Texts;

namespace Adamant.Attacks;

/// <summary>Words may be put in place of others of near meaning, one for one: at most max(1, ⌊share · words⌋) of them. Part of the budget is similarity.</summary>
/// <remarks>
/// Near is who keeps the same company: antonyms do, so that a change of meaning is rarer than under <see cref="WordEdits"/>, but not excluded. A word that the
/// vectors do not know may not be replaced, and nothing may be replaced by one. Upper and lower case are the same.
/// Source: the constraint is that of Jin, Jin, Zhou, Szolovits, "Is BERT Really Robust?", AAAI 2020, arXiv:1907.11932, §3.
/// </remarks>
/// <param name="Share">The edits that are allowed as a share of the words, e.g. 0.15.</param>
/// <param name="Vectors">Where words are: of a corpus, so that the threat does not depend on the victim.</param>
/// <param name="MinCosine">The least cosine between a word and its substitute, from −1 to 1.</param>
public sealed record NearWordEdits(double Share, WordVectors Vectors, double MinCosine = 0.5) : Edits(Share)
{
    private const int Most = 50;

    /// <summary>The least cosine between a word and its substitute.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of [−1, 1].</exception>
    public double MinCosine { get; init => field = Checked(value); } = Checked(MinCosine);

    /// <inheritdoc/>
    public override string Unit => "words";

    /// <inheritdoc/>
    public override int Length(string text) => Words.Spans(text).Count();

    /// <inheritdoc/>
    public override int Measure(string original, string moved)
    {
        var (a, b) = (Words.Of(original), Words.Of(moved));
        if (a.Count != b.Count) return int.MaxValue;
        var edits = 0;
        for (var i = 0; i < a.Count; i++)
        {
            if (a[i] == b[i]) continue;
            if (!(Vectors.Cosine(a[i], b[i]) >= MinCosine)) return int.MaxValue;
            edits++;
        }
        return edits;
    }

    /// <inheritdoc/>
    /// <remarks>The 50 nearest.</remarks>
    public override IReadOnlyList<string>? Substitutes(string word) => Vectors.Nearest(word, Most, MinCosine);

    private protected override string Condition => string.Create(CultureInfo.InvariantCulture, $", cosine at least {MinCosine:0.####}");

    private static double Checked(double cosine) => cosine is >= -1 and <= 1
        ? cosine
        : throw new ArgumentOutOfRangeException(nameof(cosine), cosine, "Expected a cosine from -1 to 1.");
}
