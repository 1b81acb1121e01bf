using System.Globalization;

namespace Adamant.Attacks.Constraints;

/// <summary>
/// A linear relation between features that every sample keeps, in the units of people.
/// <code>Σ aᵢ vᵢ = b,   Σ aᵢ vᵢ ≤ b,   Σ aᵢ vᵢ as it was in the original,   or vⱼ / vᵢ as it was</code>
/// </summary>
/// <remarks>A total of several parts; a loan that is not above the price; a debt and what is paid of it; a quotient with something that stays, such as the mean of earlier payments.</remarks>
public sealed record FeatureRelation
{
    private FeatureRelation(RelationKind kind, double bound, IReadOnlyList<(int Feature, double Factor)> terms)
    {
        if (terms.Count < 1 || terms.Select(t => t.Feature).Distinct().Count() < terms.Count || terms.Any(t => t.Feature < 0))
            throw new ArgumentException("Expected different features, got one twice, or none.", nameof(terms));
        if (!terms.All(t => double.IsFinite(t.Factor) && t.Factor != 0) || !double.IsFinite(bound))
            throw new ArgumentException("Expected finite factors other than 0, and a finite bound.", nameof(terms));
        (Kind, Bound, Terms) = (kind, bound, [.. terms]);
    }

    /// <summary>What it says.</summary>
    public RelationKind Kind { get; }

    /// <summary>b; 0 where the original gives it.</summary>
    public double Bound { get; }

    /// <summary>The features by number, each with its factor a; of a proportion the factors say nothing.</summary>
    public IReadOnlyList<(int Feature, double Factor)> Terms { get; }

    /// <summary>Σ aᵢ vᵢ = b.</summary>
    /// <exception cref="ArgumentException">A feature twice, a factor of 0, or a number that is not finite.</exception>
    public static FeatureRelation Equal(double bound, params IReadOnlyList<(int Feature, double Factor)> terms) => new(RelationKind.Equal, bound, terms);

    /// <summary>Σ aᵢ vᵢ ≤ b.</summary>
    /// <inheritdoc cref="Equal"/>
    public static FeatureRelation AtMost(double bound, params IReadOnlyList<(int Feature, double Factor)> terms) => new(RelationKind.AtMost, bound, terms);

    /// <summary>Σ aᵢ vᵢ stays what it is.</summary>
    /// <inheritdoc cref="Equal"/>
    public static FeatureRelation Stays(params IReadOnlyList<(int Feature, double Factor)> terms) => new(RelationKind.Stays, 0, terms);

    /// <summary>Two features that rise and fall in proportion.</summary>
    /// <inheritdoc cref="Equal"/>
    public static FeatureRelation Proportional(int one, int other) => new(RelationKind.Proportional, 0, [(one, 1), (other, 1)]);

    /// <summary>What it is for one original: factors and bound; factors of 0 where it says nothing.</summary>
    internal double Bind(ReadOnlySpan<double> original, Span<double> factors)
    {
        var bound = Kind == RelationKind.Stays ? 0 : Bound;
        for (var k = 0; k < Terms.Count; k++)
        {
            factors[k] = Terms[k].Factor;
            if (Kind == RelationKind.Stays) bound += factors[k] * original[Terms[k].Feature];
        }
        if (Kind != RelationKind.Proportional) return bound;
        var (one, other) = (original[Terms[0].Feature], original[Terms[1].Feature]);
        var size = Math.Max(Math.Abs(one), Math.Abs(other));    // v₀ⱼ vᵢ = v₀ᵢ vⱼ, scaled so that the larger factor is 1
        (factors[0], factors[1]) = size > 0 ? (other / size, -one / size) : (0, 0);
        return 0;
    }

    /// <summary>For people: <c>a + (-1)·b ≤ 0</c>.</summary>
    internal string Text(Func<int, string> name) => Kind == RelationKind.Proportional
        ? $"{name(Terms[0].Feature)} and {name(Terms[1].Feature)} in proportion"
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(" + ", Terms.Select(t => t.Factor == 1 ? name(t.Feature) : string.Create(CultureInfo.InvariantCulture, $"({t.Factor:G6})·{name(t.Feature)}")))} {Right}");

    private string Right => Kind switch
    {
        RelationKind.Stays => "stays",
        RelationKind.AtMost => string.Create(CultureInfo.InvariantCulture, $"≤ {Bound:G6}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"= {Bound:G6}"),
    };
}
