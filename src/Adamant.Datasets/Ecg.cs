using System.Buffers.Binary;
using System.IO.Compression;
using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>A minute of a patient's electrocardiogram: one second of it, and the potential a tenth of a second later in millivolts, embedded.</summary>
/// <remarks>
/// MIT-BIH record 208, lead MLII, brought from 360 to 120 values a second by means of three; the first 45 seconds to learn from, the last 15 for the test. The record has many premature
/// beats and no labels here: where a forecast fails, something happened that was not usual. Not for clinical use.
/// Source: Moody, Mark, "The impact of the MIT-BIH Arrhythmia Database", IEEE Engineering in Medicine and Biology 20(3), 2001; Goldberger et al., PhysioNet, Circulation 101(23), 2000.
/// </remarks>
public sealed class Ecg : INamedDataset
{
    private const string File = "ecg-mitbih208-60s.u16.gz";
    private const int Rate = 120, Mean = 3, TrainSeconds = 45, Seconds = 60, Zero = 1024, PerMillivolt = 200;
    private static readonly Windows Windows = new(Rate) { Horizon = Rate / 10 };

    /// <inheritdoc/>
    public string Name => "ecg";

    /// <inheritdoc/>
    public Availability Availability => Availability.Embedded;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "Electrocardiogram: the potential 0.1 s ahead of one second, in mV; MIT-BIH record 208.",
        Input = new InputSpec([Windows.Length, 1]),
        Rows = Windows.CountIn(Values(part).Count),
        Task = LearningTask.Regression,
        FeatureNames = ["potential"],
        IsOrdered = true,
        License = "ODC-BY 1.0 (PhysioNet), packaged under BSD-3-Clause",
        Source = "PhysioNet, MIT-BIH Arrhythmia Database, record 208, as SciPy carries it",
        Sha256 = "ea8dca30f983bfd8c65322ea63190fecc6a3f1e68eb2654773124749174e09eb",
    };

    /// <inheritdoc/>
    public IDataset Load(DatasetPart part)
    {
        var (first, count) = Values(part);
        var values = Read();
        var unit = new SeriesUnit("208", [.. values.Skip(first).Take(count).Select(v => new[] { v })]);
        return Windows.Cut(new SeriesTable(Name, ["potential"], [unit]), Card(part), (_, row) => unit.Rows[row][0]).Under(Card(part));
    }

    private static (int First, int Count) Values(DatasetPart part) =>
        part == DatasetPart.Train ? (0, TrainSeconds * Rate) : (TrainSeconds * Rate, (Seconds - TrainSeconds) * Rate);

    private static float[] Read()
    {
        using var packed = EmbeddedFile.Open(File);
        using var stream = new GZipStream(packed, CompressionMode.Decompress);
        var bytes = new byte[Seconds * Rate * Mean * sizeof(ushort)];
        stream.ReadExactly(bytes);
        return [.. Enumerable.Range(0, Seconds * Rate).Select(n => (Enumerable.Range(n * Mean, Mean).Sum(i => (float)Count(bytes, i)) / Mean - Zero) / PerMillivolt)];
    }

    private static ushort Count(byte[] bytes, int n) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(n * sizeof(ushort)));
}
