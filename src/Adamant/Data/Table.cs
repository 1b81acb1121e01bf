namespace Adamant.Data;

/// <summary>The cells of a table as text, before anybody says what they mean.</summary>
/// <param name="Name">The file, for messages.</param>
/// <param name="Columns">The names of the columns, all different.</param>
/// <param name="Rows">The cells, each row as long as <paramref name="Columns"/>.</param>
/// <param name="Lines">The line of the file on which each row ends, from 1.</param>
public sealed record Table(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows, IReadOnlyList<int> Lines)
{
    /// <summary>SHA-256 of the unpacked file, in lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Some rows in a given order.</summary>
    public Table Select(IEnumerable<int> rows)
    {
        int[] chosen = [.. rows];
        return this with { Rows = [.. chosen.Select(r => Rows[r])], Lines = [.. chosen.Select(r => Lines[r])] };
    }

    /// <summary>The number of a column.</summary>
    /// <exception cref="InvalidDataException">There is no column of that name.</exception>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column) return i;
        }
        throw new InvalidDataException($"{Name}: expected a column '{column}', got {string.Join(", ", Columns.Take(20))}{(Columns.Count > 20 ? ", …" : "")}.");
    }

    /// <summary>For messages: file, row (from 0, as in <see cref="IDataset"/>), line and column.</summary>
    internal string Place(int row, int column) => $"{Name}, row {row} (line {Lines[row]}), column '{Columns[column]}'";
}
