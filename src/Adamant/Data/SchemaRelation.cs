namespace Adamant.Data;

/// <summary>
/// What holds between columns of numbers.
/// <code>Σ aᵢ cᵢ = equal;   Σ aᵢ cᵢ ≤ atMost;   Σ aᵢ cᵢ as in the original;   or two columns that rise and fall in proportion</code>
/// </summary>
public sealed record SchemaRelation
{
    /// <summary>The columns of a sum, each with its factor; empty for a proportion.</summary>
    public IReadOnlyDictionary<string, double> Sum { get; init => field = value ?? new Dictionary<string, double>(); } = new Dictionary<string, double>();

    /// <summary>What the sum is; null where it has a bound.</summary>
    public double? Equal { get; init; }

    /// <summary>What the sum is at most; null where it is equal to a number.</summary>
    public double? AtMost { get; init; }

    /// <summary>Whether no change changes the sum; instead of a number.</summary>
    public bool Stays { get; init; }

    /// <summary>Two columns whose quotient no change changes, as an amount and its share of something that stays; empty for a sum.</summary>
    public IReadOnlyList<string> Proportional { get; init => field = value ?? []; } = [];

    /// <summary>For people: why this is so.</summary>
    public string Note { get; init => field = value ?? ""; } = "";

    /// <summary>The columns that it binds.</summary>
    internal IEnumerable<string> Columns => Sum.Keys.Concat(Proportional);

    /// <summary>For people: <c>1·a − 1·b ≤ 0</c>.</summary>
    public override string ToString() => Proportional.Count > 0
        ? $"{string.Join(" and ", Proportional)} in proportion"
        : FormattableString.Invariant($"{string.Join(" + ", Sum.Select(t => t.Value == 1 ? t.Key : FormattableString.Invariant($"({t.Value:G6})·{t.Key}")))} {(Stays ? "stays" : Equal is null ? "≤" : "=")} {Equal ?? AtMost:G6}").TrimEnd();
}
