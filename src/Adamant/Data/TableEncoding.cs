using System.Globalization;
using Adamant.Victims;

namespace Adamant.Data;

/// <summary>How the cells of a table become features and labels. Fitted once, on what a model learns from, and kept for everything else.</summary>
/// <remarks>
/// Features come in the order of the columns. A column in which more than half of the values are numbers is numeric: one feature, as it is; other text in
/// it is refused. Every other column is categorical: one feature, 0 or 1, for each of its values in ordinal order.
/// </remarks>
public sealed record TableEncoding
{
    internal const string MissingMessage = "the value is missing. Repair or remove the row, or impute it (--impute, MissingValues.Impute; numbers: the median; categories: a value of their own)";

    private readonly ClassOrder classes;

    private TableEncoding(string label, LearningTask task, IReadOnlyList<string> classNames, IReadOnlyList<ColumnEncoding> columns) =>
        (Label, Task, ClassNames, Columns, FeatureNames, classes) =
        (label, task, classNames, columns, [.. columns.SelectMany(c => c.FeatureNames)], new ClassOrder(classNames));

    /// <summary>The column to predict.</summary>
    public string Label { get; }

    /// <summary>Whether the label is a class or a real number.</summary>
    public LearningTask Task { get; }

    /// <summary>The classes in the order of their numbers; empty in regression.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The columns that become features.</summary>
    public IReadOnlyList<ColumnEncoding> Columns { get; }

    /// <summary>The features in order.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Learns medians, categories and classes from a table.</summary>
    /// <exception cref="InvalidDataException">A named column is not there, or there are too many classes or features.</exception>
    public static TableEncoding Fit(Table table, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new CsvOptions();
        if (table.Columns.Count < 2) throw new InvalidDataException($"{table.Name}: expected at least 2 columns, got {table.Columns.Count}. Use commas, semicolons or tabs between them.");
        var label = options.Label is null ? table.Columns.Count - 1 : table.IndexOf(options.Label);
        var ignored = options.Ignore.Select(table.IndexOf).Append(label).ToHashSet();
        ColumnEncoding[] columns = [.. Enumerable.Range(0, table.Columns.Count).Where(c => !ignored.Contains(c)).Select(c => ColumnEncoding.Fit(table, c, options.Missing))];
        var encoding = new TableEncoding(table.Columns[label], options.Task, Classes(table, label, options), columns);
        return encoding.FeatureNames.Count is > 0 and <= DataLimits.Columns
            ? encoding
            : throw new InvalidDataException($"{table.Name}: expected 1 to {DataLimits.Columns} features, got {encoding.FeatureNames.Count}. Choose the columns to ignore.");
    }

    /// <summary>Encodes a table that has the columns to which this was fitted.</summary>
    /// <returns>Inputs <c>[N, F]</c> <c>Float32</c>, labels <c>[N]</c>.</returns>
    /// <exception cref="InvalidDataException">A cell is missing, no number, an unknown category or an unknown class: names file, row and column.</exception>
    public TensorDataset Encode(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var (rows, features, label) = (table.Rows.Count, FeatureNames.Count, table.IndexOf(Label));
        if ((long)rows * features > DataLimits.Bytes / sizeof(float)) throw new InvalidDataException($"{table.Name}: expected at most {DataLimits.Bytes} bytes of features, got {rows} rows of {features}.");
        int[] places = [.. Columns.Select(c => table.IndexOf(c.Column))];
        Dictionary<string, int>[] categories = [.. Columns.Select(c => c.Places())];
        var (x, y) = (new float[rows * features], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            var (cells, at) = (table.Rows[row], row * features);
            for (var i = 0; i < places.Length; i++)
            {
                var width = Columns[i].Width;
                if (Columns[i].Encode(cells[places[i]], categories[i], x.AsSpan(at, width)) is { } reason) throw new InvalidDataException($"{table.Place(row, places[i])}: {reason}.");
                at += width;
            }
            y[row] = EncodeLabel(cells[label]) ?? throw new InvalidDataException($"{table.Place(row, label)}: {LabelMessage(cells[label])}.");
        }
        using var scope = NewDisposeScope();
        var labels = tensor(y);
        return new TensorDataset(Describe(table), tensor(x).reshape(rows, features), Task == LearningTask.Regression ? labels : labels.to_type(ScalarType.Int64));
    }

    /// <summary>Whether a cell is a finite number.</summary>
    internal static bool IsNumber(string cell) => float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number);

    internal static float Number(string cell) => float.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);

    internal static bool IsMissing(string cell) => cell is "" or "NA" or "NaN" or "nan";

    private static string[] Classes(Table table, int label, CsvOptions options)
    {
        if (options.Task == LearningTask.Regression) return [];
        if (options.Classes is not null) return [.. options.Classes];
        string[] values = [.. table.Rows.Select(r => r[label]).Where(c => !IsMissing(c)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (values.Length > DataLimits.Classes)
            throw new InvalidDataException($"{table.Name}, column '{table.Columns[label]}': expected at most {DataLimits.Classes} classes, got {values.Length}. If these are targets, choose regression (--regression).");
        if (!values.All(IsNumber)) return values;
        if (values.FirstOrDefault(v => Number(v) % 1 != 0) is { } real)
        {
            throw new InvalidDataException(
                $"{table.Name}, column '{table.Columns[label]}': expected classes, got the real number {real}. Name another column as the label (--label), or choose regression (--regression).");
        }
        return [.. values.OrderBy(Number)];
    }

    private DatasetCard Describe(Table table) => new()
    {
        Name = InputFile.NameOf(table.Name),
        Input = InputSpec.Features(FeatureNames.Count),
        Rows = table.Rows.Count,
        Task = Task,
        ClassNames = ClassNames,
        FeatureNames = FeatureNames,
        Source = table.Name,
        Sha256 = table.Sha256,
    };

    private float? EncodeLabel(string cell)
    {
        if (Task == LearningTask.Regression) return IsNumber(cell) ? Number(cell) : null;
        return classes.Find(cell);
    }

    private string LabelMessage(string cell) => IsMissing(cell) ? "the label is missing. Remove the row"
        : Task == LearningTask.Regression ? $"expected a finite number, got '{cell}'"
        : classes.Refusal(cell);
}
