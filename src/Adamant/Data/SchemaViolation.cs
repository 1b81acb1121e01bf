namespace Adamant.Data;

/// <summary>What is wrong with one row of a table.</summary>
/// <param name="Row">The number of the row, from 0.</param>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Column">The column, or the relation.</param>
/// <param name="Reason">What was expected and what was found.</param>
public sealed record SchemaViolation(int Row, int Line, string Column, string Reason)
{
    /// <summary>For people: <c>row 3 (line 5), column 'age': expected a whole number, got 3.5</c>.</summary>
    public override string ToString() => $"row {Row} (line {Line}), {Column}: {Reason}";
}
