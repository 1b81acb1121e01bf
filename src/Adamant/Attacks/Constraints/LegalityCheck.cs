namespace Adamant.Attacks.Constraints;

/// <summary>Asks of one row after another whether it is legal, by the letter of the rules and without the projection's shortcuts.</summary>
internal sealed class LegalityCheck(FeatureConstraints constraints)
{
    private readonly double[] v = new double[constraints.Features.Count], v0 = new double[constraints.Features.Count];

    public bool IsLegal(ReadOnlySpan<float> row, ReadOnlySpan<float> original)
    {
        var found = new List<ConstraintViolation>(0);
        Row(0, row, original, found);
        return found.Count == 0;
    }

    /// <summary>Adds what is wrong with a row; nothing where it did not move.</summary>
    public void Row(long number, ReadOnlySpan<float> row, ReadOnlySpan<float> original, List<ConstraintViolation> found)
    {
        if (row.SequenceEqual(original)) return;
        for (var i = 0; i < v.Length; i++)
        {
            var rule = constraints.Features[i];
            (v[i], v0[i]) = (rule.Unit.Own(row[i]), rule.Unit.Own(original[i]));
            var isUnknown = rule.FixedBy is { } flag && original[flag] != 0;
            var reason = row[i] == original[i] ? null
                : isUnknown || rule.MaxChange == 0 ? "it cannot be moved"
                : rule.Direction == MoveDirection.Up && row[i] < original[i] ? "it can only rise"
                : rule.Direction == MoveDirection.Down && row[i] > original[i] ? "it can only fall"
                : Math.Abs(v[i] - v0[i]) > rule.MaxChange + rule.Unit.Slack(v0[i]) ? FormattableString.Invariant($"expected a change of at most {rule.MaxChange:G7}, got {Math.Abs(v[i] - v0[i]):G7}")
                : null;
            if ((reason ?? (isUnknown ? null : rule.Refusal(v[i]))) is { } wrong) found.Add(new ConstraintViolation(number, Name(i), wrong));
        }
        foreach (var group in constraints.Groups)
        {
            var (ones, others) = (0, 0);
            foreach (var i in group)
            {
                if (v[i] == 1) ones++;
                else if (v[i] != 0) others++;
            }
            if (ones != 1 || others != 0) found.Add(new ConstraintViolation(number, string.Join(" | ", group.Take(4).Select(Name)), "expected exactly one of the categories"));
        }
        foreach (var relation in constraints.Relations)
        {
            if (!Holds(relation)) found.Add(new ConstraintViolation(number, relation.Text(Name), "it does not hold"));
        }
    }

    private bool Holds(FeatureRelation relation)
    {
        int[] features = [.. relation.Terms.Select(t => t.Feature)];
        var factors = new double[features.Length];
        var sum = -relation.Bind(v0, factors);
        for (var k = 0; k < features.Length; k++) sum += factors[k] * v[features[k]];
        return (relation.Kind == RelationKind.AtMost ? sum : Math.Abs(sum)) <= constraints.Slack(features, factors, v);
    }

    private string Name(int feature) => feature < constraints.Names.Count ? constraints.Names[feature] : $"feature {feature}";
}
