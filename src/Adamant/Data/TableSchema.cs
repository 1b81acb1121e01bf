using System.Globalization;
using System.Text.Json;

namespace Adamant.Data;

/// <summary>Which rows of a table exist, and how an attacker can change one: columns, types, ranges, categories, relations, in the units of the table.</summary>
/// <remarks>
/// One file, <c>*.constraints.json</c>, says both: a validator asks whether a row exists, an attack also asks what could have become of it. Comments and trailing
/// commas are allowed, unknown properties are not. Columns that the file does not name are not checked and cannot be changed.
/// </remarks>
public sealed record TableSchema
{
    private const int MostBytes = 1 << 20, MostRelations = 1000;

    /// <summary>The columns by name.</summary>
    public IReadOnlyDictionary<string, SchemaColumn> Columns { get; init => field = value ?? new Dictionary<string, SchemaColumn>(); } = new Dictionary<string, SchemaColumn>();

    /// <summary>What holds between columns.</summary>
    public IReadOnlyList<SchemaRelation> Relations { get; init => field = value ?? []; } = [];

    /// <summary>For people: who changes what, and why.</summary>
    public string About { get; init => field = value ?? ""; } = "";

    /// <summary>Reads a file and checks it in itself.</summary>
    /// <exception cref="InvalidDataException">The file is too large, is no JSON, names an unknown property, or contradicts itself.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static TableSchema Read(string path)
    {
        using var file = InputFile.Open(path);
        return Read(path, file);
    }

    /// <summary>Reads a stream.</summary>
    /// <param name="name">Stands for the file in messages.</param>
    /// <param name="stream">UTF-8; at most 1 MiB.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static TableSchema Read(string name, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.Length > MostBytes) throw new InvalidDataException($"{name}: expected at most {MostBytes} bytes of constraints, got {stream.Length}.");
        try
        {
            var schema = JsonSerializer.Deserialize(stream, SchemaJson.Default.TableSchema) ?? throw new JsonException("expected an object, got null");
            schema.Check(name);
            return schema;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name}: {Plain(e)}. See docs/guide/constraints.md.", e);
        }
    }

    /// <summary>What is wrong with the rows of a table.</summary>
    /// <exception cref="InvalidDataException">A column of the schema is not in the table.</exception>
    public IReadOnlyList<SchemaViolation> Check(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var places = Columns.Keys.Concat(Relations.SelectMany(r => r.Columns)).Distinct().ToDictionary(c => c, table.IndexOf);
        return [.. table.Rows.SelectMany((cells, row) => CheckRow(cells, places).Select(v => new SchemaViolation(row, table.Lines[row], v.Column, v.Reason)))];
    }

    private IEnumerable<(string Column, string Reason)> CheckRow(string[] cells, Dictionary<string, int> places)
    {
        foreach (var (name, column) in Columns)
        {
            if (Refusal(column, cells[places[name]]) is { } reason) yield return ($"column '{name}'", reason);
        }
        foreach (var relation in Relations.Where(r => r.Equal is not null || r.AtMost is not null))
        {
            var terms = relation.Sum.Select(t => (t.Value, Cell: cells[places[t.Key]])).ToArray();
            if (!terms.All(t => TableEncoding.IsNumber(t.Cell))) continue;                       // missing, or refused above
            var sum = terms.Sum(t => t.Value * Number(t.Cell));
            var slack = 1e-5 * terms.Sum(t => Math.Abs(t.Value * Number(t.Cell)) + (Math.Abs(t.Value) * Width(relation, t.Cell)));
            if (relation.Equal is { } equal ? Math.Abs(sum - equal) > slack : sum > relation.AtMost + slack) yield return ($"{relation}", FormattableString.Invariant($"the sum is {sum:G7}"));
        }

        static double Width(SchemaRelation relation, string cell) => 1e-2 * Math.Abs(relation.Equal ?? relation.AtMost ?? 0);
    }

    private static string? Refusal(SchemaColumn column, string cell)
    {
        if (column.IsCategorical)
        {
            return column.Categories.Count == 0 || column.Categories.Contains(cell, StringComparer.Ordinal) || (TableEncoding.IsMissing(cell) && column.Categories.Contains(ColumnEncoding.MissingCategory))
                ? null
                : $"expected one of {string.Join(", ", column.Categories.Take(10))}, got '{cell}'";
        }
        if (TableEncoding.IsMissing(cell)) return null;         // whether it may be missing is the model's to say (--impute)
        if (!TableEncoding.IsNumber(cell)) return $"expected a finite number, got '{cell}'";
        var value = Number(cell);
        var slack = 1e-6 * Math.Abs(value);
        if (value < column.Min - slack || value > column.Max + slack) return FormattableString.Invariant($"expected {column.Min?.ToString("G7", CultureInfo.InvariantCulture) ?? "any"} to {column.Max?.ToString("G7", CultureInfo.InvariantCulture) ?? "any"}, got {cell}");
        if (column.Integer && value != Math.Round(value)) return $"expected a whole number, got {cell}";
        return column.Values.Count == 0 || column.Values.Any(known => Math.Abs(known - value) <= 1e-6 + slack) ? null
            : FormattableString.Invariant($"expected one of {string.Join(", ", column.Values.Take(10))}, got {cell}");
    }

    private void Check(string name)
    {
        if (Columns.Count is 0 or > DataLimits.Columns) throw new InvalidDataException($"{name}: expected 1 to {DataLimits.Columns} columns, got {Columns.Count}.");
        if (Relations.Count > MostRelations) throw new InvalidDataException($"{name}: expected at most {MostRelations} relations, got {Relations.Count}.");
        foreach (var (column, rule) in Columns)
        {
            if (Contradiction(rule) is { } wrong) throw new InvalidDataException($"{name}, column '{column}': {wrong}.");
        }
        foreach (var relation in Relations)
        {
            var isSum = relation.Sum.Count > 0 && relation.Proportional.Count == 0 && new[] { relation.Equal is not null, relation.AtMost is not null, relation.Stays }.Count(given => given) == 1 && relation.Sum.Values.All(a => double.IsFinite(a) && a != 0);
            var isProportion = relation.Sum.Count == 0 && relation.Proportional.Distinct().Count() == 2 && relation.Proportional.Count == 2 && relation.Equal is null && relation.AtMost is null && !relation.Stays;
            if (!isSum && !isProportion) throw new InvalidDataException($"{name}: expected a relation with a sum of columns and one of equal, atMost and stays, or with two columns in proportion, got another.");
        }
    }

    private static string? Contradiction(SchemaColumn rule) => rule switch
    {
        { Min: { } low, Max: { } high } when !(low <= high) => $"expected min ≤ max, got {low} and {high}",
        { Change: { } change } when !(change > 0 && double.IsFinite(change)) => $"expected a change above 0, got {change}; leave it out where nothing can be changed",
        { Change: not null, IsCategorical: true } => "expected a change of a number, got one of categories; say by 'to' what they can become",
        { Change: { } change, Min: { } low, Max: { } high } when change > high - low => FormattableString.Invariant($"expected a change of at most {high - low}, the width of the range, got {change}; is it in another unit?"),
        { Direction: not ("both" or "up" or "down") } => $"expected the direction both, up or down, got '{rule.Direction}'",
        { IsCategorical: true } when rule.Min is not null || rule.Max is not null || rule.Integer || rule.Values.Count > 0 => "expected numbers or categories, got both",
        _ when rule.Categories.Count > 0 && rule.To.FirstOrDefault(t => !rule.Categories.Contains(t)) is { } unknown => $"expected 'to' among the categories, got '{unknown}'",
        _ when rule.Values.FirstOrDefault(v => !(v >= (rule.Min ?? double.MinValue) && v <= (rule.Max ?? double.MaxValue)), double.NaN) is var outside && !double.IsNaN(outside) => $"expected values inside of min and max, got {outside}",
        _ => null,
    };

    private static string Plain(JsonException e)
    {
        var text = e.Message;
        var at = text.IndexOf(" Path: ", StringComparison.Ordinal);
        if (text.Contains("could not be mapped", StringComparison.Ordinal)) text = $"expected the properties of a constraint file, got {text.Split('\'')[1]}";
        else if (at > 0) text = text[..at];
        return $"{text.TrimEnd('.')}{(e.Path is { Length: > 1 } path ? $" at {path}" : "")}{(e.LineNumber is { } line ? $" (line {line + 1})" : "")}";
    }

    private static double Number(string cell) => double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);
}
