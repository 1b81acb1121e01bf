using Adamant.Data;

namespace Adamant.Datasets.Tests;

public sealed class SeriesTests : DatasetTest
{
    private static readonly DatasetCatalog Catalog = new();
    private readonly string folder = Directory.CreateTempSubdirectory("adamant-test-").FullName;

    [Theory]
    [InlineData("degradation", 200)]
    [InlineData("market", 1980)]
    [InlineData("ecg", 1669)]
    public void Loads_what_its_card_promises(string name, long test)
    {
        var set = Catalog.Find(name)!;
        foreach (var part in Enum.GetValues<DatasetPart>())
        {
            using var data = set.Load(part);
            Assert.Equal(set.Card(part).Rows, data.Count);
            Assert.Equal(set.Card(part).IsOrdered, data.Card.IsOrdered);
            Assert.Equal(set.Card(part).FeatureNames, data.Card.FeatureNames);
            Assert.Null(Verification.Of(set, part).Fault);
        }
        Assert.Equal(test, set.Card(DatasetPart.Test).Rows);
    }

    [Fact]
    public void Pumps_run_to_their_failure_and_the_last_windows_have_no_cycle_left()
    {
        var set = new Degradation { TrainUnits = 3 };
        var lives = set.Table(DatasetPart.Train).Units.Select(u => u.Rows.Count).ToArray();
        using var data = set.Load(DatasetPart.Train);

        Assert.All(lives, life => Assert.InRange(life, 40, 1000));
        Assert.Equal(lives.Sum(life => life - 29), data.Count);
        var first = Values(data.ReadAll().Labels)[..(lives[0] - 29)];
        Assert.Equal(Enumerable.Range(0, lives[0] - 29).Reverse().Select(left => (float)Math.Min(100, left)), first);
    }

    [Fact]
    public void Wear_shows_in_the_sensors_that_have_it_and_not_in_the_others()
    {
        SeriesUnit[] pumps = [.. Enumerable.Range(0, 20).Select(new DegradationSimulator(0).Run)];
        double Change(string channel) => pumps.Average(p => p.Rows.TakeLast(5).Average(row => row[Column(channel)]) - p.Rows.Take(5).Average(row => row[Column(channel)]));

        Assert.InRange(Change("vibration"), 1.2, 2.8);          // 2.5 w³ from about 0 to about 0.95
        Assert.InRange(Change("acoustic"), 4, 8.5);             // 20 (w − 0.6)
        Assert.InRange(Change("pressure"), -0.7, -0.4);
        Assert.All(pumps[0].Rows, row => Assert.Equal(24, row[Column("supply")]));

        static int Column(string name) => DegradationSimulator.Channels.ToList().IndexOf(name);
    }

    [Fact]
    public void The_same_seed_gives_the_same_pumps_whatever_their_number()
    {
        Assert.Equal(new DegradationSimulator(4).Run(7).Rows, new DegradationSimulator(4).Run(7).Rows);
        Assert.NotEqual(new DegradationSimulator(4).Run(7).Rows, new DegradationSimulator(5).Run(7).Rows);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Degradation { TestUnits = 0 }.Load(DatasetPart.Test));
    }

    [Fact]
    public void Test_pumps_are_none_of_the_training_and_stop_before_their_end()
    {
        var set = new Degradation { TrainUnits = 5, TestUnits = 5 };
        var (train, test) = (set.Table(DatasetPart.Train), set.Table(DatasetPart.Test));

        Assert.Empty(train.Units.Select(u => u.Name).Intersect(test.Units.Select(u => u.Name)));
        Assert.All(test.Units, u => Assert.InRange(u.Rows.Count, 30, new DegradationSimulator(0).Run(int.Parse(u.Name)).Rows.Count - 1));
    }

    [Fact]
    public void Half_of_the_markets_training_days_are_volatile_and_they_come_in_clusters()
    {
        using var data = new Market().Load(DatasetPart.Train);
        var labels = Numbers(data.ReadAll().Labels);

        Assert.InRange(labels.Average(), 0.48, 0.52);
        Assert.True(labels.Zip(labels.Skip(1)).Count(pair => pair.First == pair.Second) > 0.53 * labels.Length);
        Assert.Throws<ArgumentException>(() => new Market { TestDays = 1 }.Load(DatasetPart.Test));
    }

    [Fact]
    public void The_electrocardiogram_is_in_millivolts_and_labeled_by_what_comes_later()
    {
        using var data = new Ecg().Load(DatasetPart.Test);
        var all = data.ReadAll();

        Assert.True(all.Inputs.abs().max().item<float>() is > 1 and < 5);
        Assert.Equal(all.Inputs[12, -1, 0].item<float>(), all.Labels[0].item<float>());
    }

    [Fact]
    public void C_MAPSS_has_the_official_engines_and_the_lives_of_its_file()
    {
        var set = Catalog.Find("cmapss-fd001")!;
        Assert.SkipUnless(set.Availability.IsAvailable, $"C-MAPSS cannot be loaded: {set.Availability.Reason}. {set.Availability.HowToGet}");
        using var test = set.Load(DatasetPart.Test);
        using var train = set.Load(DatasetPart.Train);

        Assert.Null(Verification.Of(set, DatasetPart.Train).Fault);
        Assert.Equal((17_731, 100), (train.Count, test.Count));
        Assert.Equal([112, 98, 69], Values(test.ReadAll().Labels)[..3]);
        Assert.Equal(125, train.ReadAll().Labels.max().item<float>());
        Assert.Equal([641.82f, 1589.7f], Values(train.Read(0, 1).Inputs)[..2]);
    }

    [Fact]
    public void Each_heartbeat_is_tested_once_and_each_fold_has_its_share_of_the_classes()
    {
        var folder = Environment.GetEnvironmentVariable(DatasetCatalog.FolderVariable);
        Assert.SkipUnless(new Ecg5000(folder).Availability.IsAvailable, "ECG5000 is not in ADAMANT_DATA_DIR.");

        var all = new long[5];
        for (var fold = 0; fold < Ecg5000.Folds; fold++)
        {
            var set = new Ecg5000(folder) { Fold = fold };
            using var test = set.Load(DatasetPart.Test);
            using var train = set.Load(DatasetPart.Train);
            Assert.Equal(500, test.Count + train.Count);
            all = [.. all.Zip(PerClass(test), (a, b) => a + b)];
            Assert.InRange(PerClass(test)[0], 58, 59);
        }
        Assert.Equal([292, 177, 10, 19, 2], all);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ecg5000(folder) { Fold = 5 }.Load(DatasetPart.Test));
    }

    [Fact]
    public void Other_engines_under_the_official_names_are_refused()
    {
        Directory.CreateDirectory(Path.Combine(folder, "cmapss-fd001"));
        var line = "1 {0} " + string.Join(" ", Enumerable.Repeat("0.5", 24));
        foreach (var file in new[] { "train_FD001.txt", "test_FD001.txt", "RUL_FD001.txt" })
            File.WriteAllLines(Path.Combine(folder, "cmapss-fd001", file), Enumerable.Range(1, 40).Select(cycle => string.Format(null, line, cycle)));

        var set = new Cmapss(folder);

        Assert.True(set.Availability.IsAvailable);
        Assert.Contains("train_FD001.txt: expected 20631 rows, got 40. Restore the official file.", Assert.Throws<InvalidDataException>(() => set.Load(DatasetPart.Train)).Message, StringComparison.Ordinal);
        Assert.Contains("ADAMANT_DATA_DIR", Assert.Throws<FileNotFoundException>(() => new Ecg5000(folder).Load(DatasetPart.Train)).Message, StringComparison.Ordinal);
    }

    public override void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        base.Dispose();
    }
}
