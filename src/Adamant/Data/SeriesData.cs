using Adamant.Victims;

namespace Adamant.Data;

/// <summary>A table of series in a file as samples: windows of its channels, labeled by one of its columns.</summary>
/// <remarks>
/// Without a horizon the label's column says something about the window's last row (a state, a life that is left) and is not among the inputs. With a horizon it is a channel like the
/// others, forecast from its own past and theirs.
/// </remarks>
public static class SeriesData
{
    /// <summary>Reads a file and cuts it.</summary>
    /// <param name="path">As <see cref="SeriesTable.Open"/> takes it.</param>
    /// <param name="windows">How it is cut.</param>
    /// <param name="series">Which columns are unit, time and channels.</param>
    /// <param name="label">The column of the labels; null for the last channel.</param>
    /// <param name="task">Whether labels are numbers to predict or class numbers from 0.</param>
    /// <param name="classNames">The classes in the order of their numbers; null for "0", "1", … up to the largest label.</param>
    /// <exception cref="InvalidDataException">The file is damaged, a unit is shorter than a window, or a label is no class number: names file, row and column or unit.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static TensorDataset Open(
        string path, Windows windows, SeriesOptions? series = null, string? label = null, LearningTask task = LearningTask.Regression, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(windows);
        var table = SeriesTable.Open(path, series);
        var column = label is null ? table.Channels.Count - 1 : table.IndexOf(label);
        if (table.Channels.Count < 2 && windows.Horizon == 0) throw new InvalidDataException($"{path}: expected a channel besides the label '{table.Channels[column]}', got none. Choose a horizon to forecast it.");
        var classes = task == LearningTask.Regression ? [] : classNames ?? Numbers(table, column);
        var card = new DatasetCard
        {
            Name = InputFile.NameOf(path),
            Input = new InputSpec([windows.Length, table.Channels.Count]),
            Rows = 0,
            Task = task,
            ClassNames = classes,
            Source = path,
        };
        var inputs = windows.Horizon > 0 ? table : Without(table, column);
        var labels = table.Units.ToDictionary(u => u.Name, u => u.Rows);
        return windows.Cut(inputs, card, (unit, row) => labels[unit.Name][row][column]);
    }

    private static SeriesTable Without(SeriesTable table, int column) => table with
    {
        Channels = [.. table.Channels.Where((_, i) => i != column)],
        Units = [.. table.Units.Select(u => u with { Rows = [.. u.Rows.Select(row => row.Where((_, i) => i != column).ToArray())] })],
    };

    private static string[] Numbers(SeriesTable table, int column)
    {
        foreach (var unit in table.Units)
        {
            for (var row = 0; row < unit.Rows.Count; row++)
            {
                var value = unit.Rows[row][column];
                if (value % 1 != 0 || value is < 0 or >= DataLimits.Classes)
                    throw new InvalidDataException($"{table.Name}, unit '{unit.Name}', row {row}, column '{table.Channels[column]}': expected a class number from 0, got {value}. If these are targets, choose regression (--regression).");
            }
        }
        var largest = (int)table.Units.Max(u => u.Rows.Max(row => row[column]));
        return [.. Enumerable.Range(0, Math.Max(largest, 1) + 1).Select(n => n.ToString())];
    }
}
