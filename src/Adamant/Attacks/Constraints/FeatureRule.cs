using Adamant.Data;

namespace Adamant.Attacks.Constraints;

/// <summary>What one feature can be, and how an attacker can move it; all numbers in the unit of people.</summary>
public sealed record FeatureRule
{
    /// <summary>Any finite number, moved either way as far as the ball allows.</summary>
    public static FeatureRule Free { get; } = new();

    /// <summary>It cannot be moved: the age of an account, what is already recorded.</summary>
    public static FeatureRule Immutable { get; } = new() { MaxChange = 0 };

    /// <summary>How the number of a sample is written in the unit of the others; as it is by default.</summary>
    public FeatureUnit Unit { get; init; } = FeatureUnit.Same;

    /// <summary>The smallest value; −∞ by default.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value; +∞ by default.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>The furthest move from the original, whatever the ball says; 0 for none, +∞ by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, or not a number.</exception>
    public double MaxChange
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxChange), value, "Expected a change of at least 0.");
    } = double.PositiveInfinity;

    /// <summary>Which way it can be moved; both by default.</summary>
    public MoveDirection Direction { get; init; }

    /// <summary>Whether only whole numbers exist.</summary>
    public bool IsInteger { get; init; }

    /// <summary>The only values that exist, rising; empty for all.</summary>
    public IReadOnlyList<double> Values { get; init => field = [.. value.Order()]; } = [];

    /// <summary>A feature that says when it is not 0 that this one is unknown, and cannot be moved; null for none.</summary>
    public int? FixedBy { get; init; }

    internal bool IsDiscrete => IsInteger || Values.Count > 0;

    /// <summary>The nearest value that exists in an interval; the original where none does.</summary>
    internal double Snap(double value, double original, double low, double high)
    {
        var slack = Unit.Slack(original);
        var nearest = original;
        if (Values.Count > 0)
        {
            var best = double.PositiveInfinity;
            foreach (var candidate in Values)
            {
                if (candidate < low - slack || candidate > high + slack || Math.Abs(candidate - value) >= best) continue;
                (nearest, best) = (candidate, Math.Abs(candidate - value));
            }
        }
        else
        {
            var (first, last) = (Math.Ceiling(low - slack), Math.Floor(high + slack));
            if (first <= last) nearest = Math.Clamp(Math.Round(value), first, last);
        }
        return Math.Abs(nearest - original) <= slack ? original : nearest;
    }

    /// <summary>The next value that exists in a direction.</summary>
    internal double Next(double value, int direction)
    {
        var beyond = value + (direction * Unit.Slack(value));
        if (Values.Count == 0) return direction > 0 ? Math.Floor(beyond) + 1 : Math.Ceiling(beyond) - 1;
        var next = direction > 0 ? Values.Where(v => v > beyond).DefaultIfEmpty(double.NaN).Min() : Values.Where(v => v < beyond).DefaultIfEmpty(double.NaN).Max();
        return next;
    }

    /// <summary>Why a value does not exist; null where it does.</summary>
    internal string? Refusal(double value)
    {
        var slack = Unit.Slack(value);
        if (!(value >= Min - slack && value <= Max + slack)) return FormattableString.Invariant($"expected {Min:G7} to {Max:G7}, got {value:G7}");
        if (IsInteger && Math.Abs(value - Math.Round(value)) > Math.Min(slack, 0.4)) return FormattableString.Invariant($"expected a whole number, got {value:G7}");
        if (Values.Count == 0) return null;
        foreach (var known in Values)
        {
            if (Math.Abs(known - value) <= slack) return null;
        }
        return FormattableString.Invariant($"expected one of {string.Join(", ", Values.Take(10))}, got {value:G7}");
    }
}
