using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>Turbofan engines that degrade (NASA's C-MAPSS, subset FD001): 14 sensors over 30 cycles, and the cycles that are left, at most 125.</summary>
/// <remarks>
/// The official parts: 100 engines that ran to their failure, every window of them; and 100 others that stop before it, the last window of each. A life that is left counts as 125
/// at most in both parts, as is usual: a new engine says nothing about its end. The three settings and the seven sensors that do not vary, or hardly (1, 5, 6, 10, 16, 18, 19),
/// are left out. Source: Saxena, Goebel, Simon, Eklund, "Damage Propagation Modeling for Aircraft Engine Run-to-Failure Simulation", PHM08, 2008.
/// </remarks>
/// <param name="folder">Holds <c>cmapss-fd001</c>; null for nowhere.</param>
public sealed class Cmapss(string? folder = null) : INamedDataset
{
    private const string TrainFile = "train_FD001.txt", TestFile = "test_FD001.txt", LivesFile = "RUL_FD001.txt";
    private const int Engines = 100;
    private static readonly Windows Windows = new(30);
    private static readonly int[] Sensors = [2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 15, 17, 20, 21];
    private static readonly string[] Columns =
        ["engine", "cycle", "setting 1", "setting 2", "setting 3", .. Enumerable.Range(1, 21).Select(n => $"sensor {n}")];

    private readonly InstalledFiles files = new("cmapss-fd001", folder, [TrainFile, TestFile, LivesFile]);

    /// <summary>The largest target, at least 1; 125 by default.</summary>
    public int Cap { get; init; } = 125;

    /// <inheritdoc/>
    public string Name => "cmapss-fd001";

    /// <inheritdoc/>
    public Availability Availability => files.Availability;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = $"Turbofan engines that degrade: cycles left, at most {Cap}, of 14 sensors; C-MAPSS FD001.",
        Input = new InputSpec([Windows.Length, Sensors.Length]),
        Rows = part == DatasetPart.Train ? 20_631 - (Engines * (Windows.Length - 1)) : Engines,
        Task = LearningTask.Regression,
        FeatureNames = [.. Sensors.Select(n => $"sensor {n}")],
        IsOrdered = part == DatasetPart.Train,
        License = "work of the US Government (NASA)",
        Source = "Saxena, Goebel, Simon, Eklund, Damage Propagation Modeling for Aircraft Engine Run-to-Failure Simulation, PHM08, 2008",
        Sha256 = part == DatasetPart.Train
            ? "1c7a8ced36818e598026aef702f823950696449f0db46427a9a2d6fbaf213c16"
            : "3cda7109ce17bafb5443f2ac926cfcf88154b941b8c4cf95eb55d1ddd6f52851",
    };

    /// <inheritdoc/>
    public IDataset Load(DatasetPart part)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Cap, 1);
        var (table, card) = (Table(part), Card(part));
        if (part == DatasetPart.Train) return Windows.Cut(table, card, (unit, row) => Math.Min(Cap, unit.Rows.Count - 1 - row)).Under(card);
        var lives = Open(LivesFile, new SeriesOptions(), Engines, "a19c8ec94931949d0485bdc35118206e9c81c4547b422efb9cf86f4ceddbceca").Units[0].Rows;
        return (Windows with { LastOnly = true }).Cut(table, card, (unit, _) => Math.Min(Cap, lives[int.Parse(unit.Name) - 1][0])).Under(card);
    }

    /// <summary>The engines of a part, cycle by cycle.</summary>
    /// <exception cref="FileNotFoundException">The file is missing: says how to get it.</exception>
    /// <exception cref="InvalidDataException">Rows are missing, or the content is another.</exception>
    public SeriesTable Table(DatasetPart part)
    {
        var options = new SeriesOptions { Columns = Columns, Unit = "engine", Time = "cycle", Channels = Card(part).FeatureNames };
        return part == DatasetPart.Train ? Open(TrainFile, options, 20_631, Card(part).Sha256) : Open(TestFile, options, 13_096, Card(part).Sha256);
    }

    /// <summary>Copies in circulation are divided into parts in another way: rows and hash must be the official ones.</summary>
    private SeriesTable Open(string file, SeriesOptions options, long rows, string sha256)
    {
        var table = SeriesTable.Open(files.PathOf(file), options);
        if (table.Rows != rows) throw new InvalidDataException($"{table.Name}: expected {rows} rows, got {table.Rows}. Restore the official file.");
        return table.Sha256 == sha256 ? table : throw new InvalidDataException($"{table.Name}: expected SHA-256 {sha256}, got {table.Sha256}. Restore the official file.");
    }
}
