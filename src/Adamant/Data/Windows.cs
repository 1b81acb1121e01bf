using Adamant.Victims;

namespace Adamant.Data;

/// <summary>Cuts series into samples of equal length: the rows up to some moment, and a label that belongs to that moment or to a later one.</summary>
/// <remarks>
/// A window never crosses from one unit to the next, and never holds a row after its own moment. Windows of a stride below the length share rows: split a
/// set by time or by unit, not at random (<see cref="DatasetCard.IsOrdered"/> sees to that).
/// </remarks>
/// <param name="Length">The rows of a window, at least 1.</param>
public sealed record Windows(int Length)
{
    /// <summary>How many rows the next window begins later, at least 1; 1 by default.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>How many rows after the window's last one the label lies: 0 (the default) for the state at its end, 1 and more for a forecast.</summary>
    public int Horizon { get; init; }

    /// <summary>Whether only the last window of each unit is wanted: the question that a machine in service puts.</summary>
    public bool LastOnly { get; init; }

    /// <summary>
    /// Whether a unit that is shorter than a window is padded in front by its first row, as if it had stood still before; otherwise (the default) it is refused.
    /// </summary>
    public bool Pad { get; init; }

    /// <summary>Cuts all units.</summary>
    /// <param name="table">The series.</param>
    /// <param name="card">What the set is; input, rows and names of the channels are filled in here.</param>
    /// <param name="label">The label of a window from its unit and the number of the row to which the label belongs: a target, or a class number.</param>
    /// <exception cref="InvalidDataException">A unit is shorter than a window, or the windows do not fit into memory.</exception>
    /// <exception cref="ArgumentException">Length or stride is below 1, or the horizon below 0.</exception>
    public TensorDataset Cut(SeriesTable table, DatasetCard card, Func<SeriesUnit, int, float> label)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(label);
        (SeriesUnit Unit, int End)[] all = [.. table.Units.SelectMany(unit => Ends(table, unit).Select(end => (unit, end)))];
        var width = table.Channels.Count;
        if ((long)all.Length * Length * width * sizeof(float) > DataLimits.Bytes)
            throw new InvalidDataException($"{table.Name}: {all.Length} windows of {Length} rows do not fit into 2 GiB. Choose a greater stride.");
        var (x, y) = (new float[all.Length * Length * width], new float[all.Length]);
        for (var n = 0; n < all.Length; n++)
        {
            var (unit, end) = all[n];
            for (var i = 0; i < Length; i++) unit.Rows[Math.Max(0, end - Length + 1 + i)].CopyTo(x, ((n * Length) + i) * width);
            y[n] = label(unit, end + Horizon);
        }
        using var scope = NewDisposeScope();
        var labels = tensor(y);
        return new TensorDataset(
            card with { Input = Input(table), Rows = all.Length, FeatureNames = table.Channels, IsOrdered = true, Sha256 = table.Sha256 },
            tensor(x).reshape(all.Length, Length, width),
            card.Task == LearningTask.Regression ? labels : labels.to_type(ScalarType.Int64));
    }

    /// <summary>How many windows a unit of so many rows gives.</summary>
    public int CountIn(int rows) =>
        rows < Length + Horizon ? Pad && rows > Horizon ? 1 : 0 : LastOnly ? 1 : ((rows - Length - Horizon) / Stride) + 1;

    private InputSpec Input(SeriesTable table) => new([Length, table.Channels.Count]);

    private IEnumerable<int> Ends(SeriesTable table, SeriesUnit unit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Horizon);
        var (rows, count) = (unit.Rows.Count, CountIn(unit.Rows.Count));
        if (count == 0)
        {
            throw new InvalidDataException(
                $"{table.Name}, unit '{unit.Name}': expected at least {Length + Horizon} rows for a window of {Length} with horizon {Horizon}, got {rows}. Choose a shorter window, remove the unit, or let it be padded in front.");
        }
        return LastOnly || rows < Length + Horizon ? [rows - 1 - Horizon] : Enumerable.Range(0, count).Select(n => Length - 1 + (n * Stride));
    }
}
