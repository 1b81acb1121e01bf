using System.Globalization;

namespace Adamant.Attacks;

/// <summary>The set of texts that an attacker may choose from: those within so many edits of the original. What a <see cref="Ball"/> is to numbers.</summary>
/// <param name="Share">The edits that are allowed as a share of the text's units, at least 0; see <see cref="Allowed"/>.</param>
public abstract record Edits(double Share)
{
    /// <summary>The edits that are allowed as a share of the text's units.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or below 0.</exception>
    public double Share { get; init => field = Checked(value); } = Checked(Share);

    /// <summary>What is counted, as people write it: <c>words</c>.</summary>
    public abstract string Unit { get; }

    /// <summary>The number of units of a text.</summary>
    public abstract int Length(string text);

    /// <summary>The number of edits between two texts; <see cref="int.MaxValue"/> where no number of allowed edits leads from one to the other.</summary>
    /// <param name="original">The text before the attack.</param>
    /// <param name="moved">What an attack made of it.</param>
    public abstract int Measure(string original, string moved);

    /// <summary>The words that may stand in place of a word, the nearest first; null where any word may.</summary>
    public virtual IReadOnlyList<string>? Substitutes(string word) => null;

    /// <summary>
    /// How many edits a text allows: so that a short text can be attacked at all, at least one; none when the share is 0.
    /// <code>max(1, ⌊share · length⌋)</code>
    /// </summary>
    /// <param name="text">The text before the attack.</param>
    public int Allowed(string text) => Share == 0 ? 0 : Math.Max(1, (int)Math.Min(int.MaxValue - 1, Math.Floor(Share * Length(text) + 1e-9)));

    /// <summary>For people: <c>15 % of the words</c>, in any culture.</summary>
    public sealed override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{100 * Share:0.####} % of the {Unit}{Condition}");

    /// <summary>What else is asked, with a comma in front; nothing by default.</summary>
    private protected virtual string Condition => "";

    private static double Checked(double share) => double.IsFinite(share) && share >= 0
        ? share
        : throw new ArgumentOutOfRangeException(nameof(share), share, "Expected a finite share of at least 0.");
}
