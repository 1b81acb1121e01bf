using Adamant.Data;

namespace Adamant.Attacks.Constraints;

/// <summary>Maps a table's schema, in its columns and units, to the features of the samples that a model sees.</summary>
public static class TableConstraints
{
    /// <summary>The constraints of a data set.</summary>
    /// <param name="schema">What exists, and what can be changed.</param>
    /// <param name="card">The names and units of the features.</param>
    /// <exception cref="InvalidDataException">A column that the data do not have, a category that they do not know, or a change that is larger than the range.</exception>
    public static FeatureConstraints Of(TableSchema schema, DatasetCard card)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(card);
        if (card.FeatureNames.Count == 0 || card.Input.Shape is not [.., var count] || count != card.FeatureNames.Count)
            throw new InvalidDataException($"{card.Name}: expected a table or series with named columns for the constraints, got {card.Input}.");
        var columns = TableColumn.Of(card.FeatureNames).ToDictionary(c => c.Name, StringComparer.Ordinal);
        foreach (var name in schema.Columns.Keys.Concat(schema.Relations.SelectMany(r => r.Columns)).Where(name => !columns.ContainsKey(name)))
            throw new InvalidDataException($"{card.Name} has no column '{name}'. Its columns are {string.Join(", ", columns.Keys.Take(40))}{(columns.Count > 40 ? ", …" : "")}.");
        var rules = new FeatureRule[card.FeatureNames.Count];
        foreach (var column in columns.Values)
        {
            var known = schema.Columns.GetValueOrDefault(column.Name) ?? new SchemaColumn();
            if (known.IsCategorical != column.Categories.Count > 0 && schema.Columns.ContainsKey(column.Name) && (known.IsCategorical || known.Change is not null))
                throw new InvalidDataException($"Column '{column.Name}' of {card.Name} holds {(column.Categories.Count > 0 ? $"categories ({string.Join(", ", column.Categories.Take(10))}): say by 'to' what they can become" : "numbers: say by 'change' how far they can be moved")}.");
            if (known.To.FirstOrDefault(t => !column.Categories.Contains(t)) is { } unknown)
                throw new InvalidDataException($"Column '{column.Name}' of {card.Name} has no category '{unknown}'. Its categories are {string.Join(", ", column.Categories.Take(40))}.");
            for (var k = 0; k < column.Features.Count; k++)
            {
                var unit = card.Units.Count > 0 ? card.Units[column.Features[k]] : FeatureUnit.Same;
                rules[column.Features[k]] = column.Categories.Count > 0 ? Category(known, column.Categories[k]) : Number(known, column, unit, card);
            }
            if (column.Flag is { } flag) rules[flag] = FeatureRule.Immutable;
        }
        return new FeatureConstraints(rules)
        {
            Names = card.FeatureNames,
            Groups = [.. columns.Values.Where(c => c.Categories.Count > 0).Select(c => c.Features)],
            Relations = [.. schema.Relations.Select(r => Relation(r, columns))],
        };
    }

    /// <summary>A category that can be reached can come and go, another one can only go.</summary>
    private static FeatureRule Category(SchemaColumn column, string category) =>
        column.To.Count == 0 ? FeatureRule.Immutable : column.To.Contains(category) ? FeatureRule.Free : new FeatureRule { Direction = MoveDirection.Down };

    private static FeatureRule Number(SchemaColumn known, TableColumn column, FeatureUnit unit, DatasetCard card)
    {
        var (low, high) = (unit.Own(card.Input.Min), unit.Own(card.Input.Max));
        if (known.Change > (high - low) * (1 + 1e-6))
            throw new InvalidDataException(FormattableString.Invariant($"Column '{column.Name}' of {card.Name} goes from {low:G6} to {high:G6}, so a change of {known.Change:G6} is in another unit. Write it in the unit of the table."));
        if (known.Min > high || known.Max < low)
            throw new InvalidDataException(FormattableString.Invariant($"Column '{column.Name}' of {card.Name} goes from {low:G6} to {high:G6}, so nothing is between {known.Min ?? low:G6} and {known.Max ?? high:G6}. Write it in the unit of the table."));
        return new FeatureRule
        {
            Unit = unit,
            Min = known.Min ?? double.NegativeInfinity,
            Max = known.Max ?? double.PositiveInfinity,
            MaxChange = known.Change ?? 0,
            Direction = known.Direction switch { "up" => MoveDirection.Up, "down" => MoveDirection.Down, _ => MoveDirection.Both },
            IsInteger = known.Integer,
            Values = known.Values,
            FixedBy = column.Flag,
        };
    }

    private static FeatureRelation Relation(SchemaRelation relation, Dictionary<string, TableColumn> columns)
    {
        if (relation.Columns.FirstOrDefault(c => columns[c].Categories.Count > 0) is { } categorical) throw new InvalidDataException($"Expected columns of numbers in the relation {relation}, got '{categorical}'.");
        if (relation.Proportional.Count > 0) return FeatureRelation.Proportional(columns[relation.Proportional[0]].Features[0], columns[relation.Proportional[1]].Features[0]);
        (int, double)[] terms = [.. relation.Sum.Select(t => (columns[t.Key].Features[0], t.Value))];
        if (relation.Stays) return FeatureRelation.Stays(terms);
        return relation.Equal is { } equal ? FeatureRelation.Equal(equal, terms) : FeatureRelation.AtMost(relation.AtMost!.Value, terms);
    }
}
