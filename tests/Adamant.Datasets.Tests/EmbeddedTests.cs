using Adamant.Data;

namespace Adamant.Datasets.Tests;

public sealed class EmbeddedTests : DatasetTest
{
    public static TheoryData<string, long, long> Sets => new()
    {
        { "fashion-mini", 1500, 500 }, { "digits", 1438, 359 }, { "wdbc", 456, 113 }, { "credit", 3564, 890 }, { "signs", 4000, 1000 }, { "transactions", 16_000, 4_000 }, { "memory", 4000, 1000 },
        { "and", 400, 200 }, { "xor", 400, 200 }, { "two-moons", 400, 200 },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void Loads_what_its_card_promises(string name, long train, long test)
    {
        var set = new DatasetCatalog().Find(name)!;
        Assert.True(set.Availability.IsAvailable);
        foreach (var (part, rows) in new[] { (DatasetPart.Train, train), (DatasetPart.Test, test) })
        {
            using var data = set.Load(part);
            Assert.Equal(rows, data.Count);
            Assert.Equal(set.Card(part).Input, data.Card.Input);
            Assert.Equal(set.Card(part).FeatureNames, data.Card.FeatureNames);
            Assert.All(PerClass(data), count => Assert.True(count > 0));
            Assert.NotEqual("unknown", data.Card.License);
            Assert.Null(Verification.Of(set, part).Fault);
        }
    }

    [Fact]
    public void Fashion_has_as_many_of_each_class_and_its_pixels_are_the_bytes_of_the_file()
    {
        using var data = new FashionMini().Load(DatasetPart.Test);

        Assert.All(PerClass(data), count => Assert.Equal(50, count));
        var first = data.Read(0, 1).Inputs;
        Assert.Equal(ScalarType.Float32, first.dtype);
        Assert.Equal([1, 1, 28, 28], first.shape);
    }

    [Fact]
    public void Digits_begin_with_the_zero_of_the_published_file()
    {
        using var data = new Digits().Load(DatasetPart.Train);
        var first = data.Read(0, 1);

        Assert.Equal(0, first.Labels.item<long>());
        Assert.Equal([0, 0, 5 / 16f, 13 / 16f, 9 / 16f, 1 / 16f, 0, 0], Values(first.Inputs[0, 0, 0]));
    }

    [Fact]
    public void The_raw_measures_of_wdbc_are_those_of_the_published_file()
    {
        using var raw = new Wdbc { Scaled = false }.Load(DatasetPart.Train);
        var first = raw.Read(0, 1);

        Assert.Equal([17.99f, 10.38f, 122.8f, 1001f], Values(first.Inputs)[..4]);
        Assert.Equal(("mean radius", "malignant"), (raw.Card.FeatureNames[0], raw.Card.ClassNames[(int)first.Labels.item<long>()]));
    }

    [Fact]
    public void Wdbc_is_scaled_by_the_training_part_alone()
    {
        using var raw = new Wdbc { Scaled = false }.Load(DatasetPart.Train);
        using var rawTest = new Wdbc { Scaled = false }.Load(DatasetPart.Test);
        using var test = new Wdbc().Load(DatasetPart.Test);

        var (x, low, high) = (rawTest.ReadAll().Inputs, raw.ReadAll().Inputs.amin([0L]), raw.ReadAll().Inputs.amax([0L]));
        Assert.Equal(Values(((x - low) / (high - low)).clamp(0, 1)), Values(test.ReadAll().Inputs));
    }

    [Fact]
    public void Credit_encodes_categories_and_marks_missing_numbers()
    {
        using var raw = new Credit { Scaled = false }.Load(DatasetPart.Train);
        var names = raw.Card.FeatureNames.ToList();
        var x = raw.ReadAll().Inputs;

        // The first applicant: good, 9 years, rents, 60 months, 30 years old, married, no records, freelance, 73 expenses, 129 income …
        Assert.Equal([9, 60, 30, 73, 129, 800, 846], new[] { "Seniority", "Time", "Age", "Expenses", "Income", "Amount", "Price" }.Select(n => x[0, names.IndexOf(n)].item<float>()));
        Assert.Equal([1, 0, 1], new[] { "Home=rent", "Home=owner", "Job=freelance" }.Select(n => x[0, names.IndexOf(n)].item<float>()));
        Assert.True(x[TensorIndex.Colon, names.IndexOf("Income is missing")].mean().item<float>() is > 0.05f and < 0.12f);
        Assert.InRange(raw.ReadAll().Labels.to_type(ScalarType.Float32).mean().item<float>(), 0.26f, 0.30f);
    }

    [Fact]
    public void Every_embedded_file_opens_and_has_an_origin_and_a_license()
    {
        var (origins, licenses) = (Text("SOURCE.md"), Text("LICENSES.txt").Replace("fashion-*.idx.gz", string.Join(", ", EmbeddedFile.Names.Where(n => n.StartsWith("fashion", StringComparison.Ordinal))), StringComparison.Ordinal));

        Assert.All(EmbeddedFile.Names, name =>
        {
            using var file = EmbeddedFile.Open(name);
            Assert.True(file.Length > 100);
            Assert.Contains(name, origins, StringComparison.Ordinal);
            Assert.Contains(name, licenses, StringComparison.Ordinal);
        });
        Assert.Equal(EmbeddedFile.Names.Concat(["LICENSES.txt", "SOURCE.md"]).Order(), typeof(EmbeddedFile).Assembly.GetManifestResourceNames().Where(n => !n.EndsWith(".constraints.json", StringComparison.Ordinal)).Order());

        static string Text(string name)
        {
            using var reader = new StreamReader(typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }

    [Fact]
    public void A_wrong_hash_is_refused_with_the_name_of_the_file()
    {
        var e = Assert.Throws<InvalidDataException>(() => EmbeddedFile.Check("wdbc.csv.gz", [1, 2, 3], new string('0', 64)));

        Assert.StartsWith("wdbc.csv.gz: expected SHA-256 000", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => EmbeddedFile.Open("nothing.gz"));
    }
}
