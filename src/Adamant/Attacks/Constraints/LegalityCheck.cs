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
            var isFixed = rule.MaxChange == 0 || (rule.FixedBy is { } flag && original[flag] != 0);
            var reason = row[i] == original[i] ? null
                : isFixed ? "it cannot be moved"
                : rule.Direction == MoveDirection.Up && row[i] < original[i] ? "it can only rise"
                : rule.Direction == MoveDirection.Down && row[i] > original[i] ? "it can only fall"
                : Math.Abs(v[i] - v0[i]) > rule.MaxChange + rule.Unit.Slack(v0[i]) ? FormattableString.Invariant($"expected a change of at most {rule.MaxChange:G7}, got {Math.Abs(v[i] - v0[i]):G7}")
                : null;
            if ((reason ?? rule.Refusal(v[i])) is { } wrong) found.Add(new ConstraintViolation(number, Name(i), wrong));
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
        var (sum, slack) = (-relation.Bound, 0.0);
        var size = relation.IsProportion ? Math.Max(Math.Abs(v0[relation.Terms[0].Feature]), Math.Abs(v0[relation.Terms[1].Feature])) : 1;
        for (var k = 0; k < relation.Terms.Count; k++)
        {
            var (i, factor) = relation.Terms[k];
            if (relation.IsProportion && size > 0) factor = (k == 0 ? v0[relation.Terms[1].Feature] : -v0[relation.Terms[0].Feature]) / size;
            if (relation.IsProportion && size == 0) factor = 0;
            sum += factor * v[i];
            slack += Math.Abs(factor) * constraints.Features[i].Unit.Slack(v[i]);
        }
        return relation.IsEquality ? Math.Abs(sum) <= slack : sum <= slack;
    }

    private string Name(int feature) => feature < constraints.Names.Count ? constraints.Names[feature] : $"feature {feature}";
}
