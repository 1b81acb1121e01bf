using System.Globalization;

namespace Adamant.Attacks.Constraints;

/// <summary>
/// A linear relation between features that every sample keeps, in the units of people.
/// <code>Σ aᵢ vᵢ = b,   Σ aᵢ vᵢ ≤ b,   or vⱼ / vᵢ as it was in the original</code>
/// </summary>
/// <remarks>A total of several parts; a loan that is not above the price; a quotient with something that stays, such as the mean of earlier payments.</remarks>
public sealed record FeatureRelation
{
    private FeatureRelation(IReadOnlyList<(int Feature, double Factor)> terms, double bound, bool isEquality, bool isProportion)
    {
        if (terms.Count < 1 || terms.Select(t => t.Feature).Distinct().Count() < terms.Count || terms.Any(t => t.Feature < 0))
            throw new ArgumentException("Expected different features, got one twice, or none.", nameof(terms));
        if (!terms.All(t => double.IsFinite(t.Factor) && t.Factor != 0) || !double.IsFinite(bound))
            throw new ArgumentException("Expected finite factors other than 0, and a finite bound.", nameof(terms));
        (Terms, Bound, IsEquality, IsProportion) = ([.. terms], bound, isEquality, isProportion);
    }

    /// <summary>The features by number, each with its factor a.</summary>
    public IReadOnlyList<(int Feature, double Factor)> Terms { get; }

    /// <summary>b.</summary>
    public double Bound { get; }

    /// <summary>Whether the sum is b; otherwise it is at most b.</summary>
    public bool IsEquality { get; }

    /// <summary>Whether two features keep the quotient that they had in the original; factors and bound then say nothing.</summary>
    public bool IsProportion { get; }

    /// <summary>Σ aᵢ vᵢ = b.</summary>
    /// <exception cref="ArgumentException">A feature twice, a factor of 0, or a number that is not finite.</exception>
    public static FeatureRelation Equal(double bound, params IReadOnlyList<(int Feature, double Factor)> terms) => new(terms, bound, true, false);

    /// <summary>Σ aᵢ vᵢ ≤ b.</summary>
    /// <inheritdoc cref="Equal"/>
    public static FeatureRelation AtMost(double bound, params IReadOnlyList<(int Feature, double Factor)> terms) => new(terms, bound, false, false);

    /// <summary>Two features that rise and fall in proportion.</summary>
    /// <inheritdoc cref="Equal"/>
    public static FeatureRelation Proportional(int one, int other) => new([(one, 1), (other, 1)], 0, true, true);

    /// <summary>For people: <c>1·a − 1·b ≤ 0</c>.</summary>
    internal string Text(Func<int, string> name) => IsProportion
        ? $"{name(Terms[0].Feature)} and {name(Terms[1].Feature)} in proportion"
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(" + ", Terms.Select(t => t.Factor == 1 ? name(t.Feature) : string.Create(CultureInfo.InvariantCulture, $"({t.Factor:G6})·{name(t.Feature)}")))} {(IsEquality ? "=" : "≤")} {Bound:G6}");
}
